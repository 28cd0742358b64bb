/** `npm run gateway -- --supergraph FILE --port N`: our executor in front of somebody else's subgraphs. */
import { readFile } from 'node:fs/promises';
import { followSupergraph } from '#gateway/follow-supergraph.js';
import { parseServeArguments, USAGE } from './arguments.js';
import { type SupergraphServer, startSupergraphServer } from './supergraph-server.js';

const { serve, problems } = parseServeArguments(process.argv.slice(2));
if (serve) await run(serve.supergraph, serve.host, serve.port);
else fail([...problems, USAGE]);

async function run(file: string, host: string, port: number): Promise<void> {
  try {
    const supergraphSdl = await readFile(file, 'utf8');
    const server = await startSupergraphServer({ supergraphSdl, host, port });
    const stopFollowing = followSupergraph({
      path: file,
      reload: server.reload,
      onChange: true,
      said: (result) => say(result === 'reloaded' ? 'Supergraph reloaded' : `Not reloaded: ${result.message}`),
    });
    stopOnSignals(server, stopFollowing);
    say(`Gateway ready at ${server.url}`);
  } catch (error) {
    fail([`The gateway cannot serve "${file}": ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function stopOnSignals(server: SupergraphServer, stopFollowing: () => void): void {
  const stop = () => {
    stopFollowing();
    server.stop().catch((error: unknown) => fail([`The gateway did not stop cleanly: ${String(error)}`]));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
