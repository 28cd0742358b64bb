/** Sends one request again and again over a fixed number of connections. A process of its own: its time is nobody's cost. */
import { Pool } from 'undici';

export interface HttpLoad {
  readonly url: string;
  readonly token: string;
  /** The body of every request, as text. */
  readonly body: string;
  readonly connections: number;
  readonly milliseconds: number;
  /** Goes on beyond the time until so many were answered. */
  readonly atLeast?: number;
}

export interface HttpLoadResult {
  readonly requests: number;
  readonly milliseconds: number;
  readonly latencies: readonly number[];
  readonly bytes: number;
}

process.on('message', (load: HttpLoad) => {
  run(load).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));

async function run(load: HttpLoad): Promise<HttpLoadResult> {
  const url = new URL(load.url);
  const pool = new Pool(url.origin, { connections: load.connections, pipelining: 1 });
  const latencies: number[] = [];
  let bytes = 0;
  const start = performance.now();
  const end = start + load.milliseconds;
  const loop = async () => {
    while (performance.now() < end || latencies.length < (load.atLeast ?? 0)) {
      const sent = performance.now();
      bytes = await send(pool, url.pathname, load);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: load.connections }, loop));
  const milliseconds = performance.now() - start;
  await pool.close();
  return { requests: latencies.length, milliseconds, latencies, bytes };
}

async function send(pool: Pool, path: string, { token, body }: HttpLoad): Promise<number> {
  const answer = await pool.request({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  if (answer.statusCode !== 200 || bytes.includes('"errors"')) {
    throw new Error(`Answered with status ${answer.statusCode}: ${bytes.subarray(0, 500).toString()}`);
  }
  return bytes.length;
}
