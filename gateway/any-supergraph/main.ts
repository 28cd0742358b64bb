/** `npm run gateway -- --supergraph FILE --port N`: our executor in front of somebody else's subgraphs. */
import { readFile } from 'node:fs/promises';
import { parseServeArguments, USAGE } from './arguments.js';
import { type SupergraphServer, startSupergraphServer } from './supergraph-server.js';

const { serve, problems } = parseServeArguments(process.argv.slice(2));
if (serve) await run(serve.supergraph, serve.host, serve.port);
else fail([...problems, USAGE]);

async function run(file: string, host: string, port: number): Promise<void> {
  try {
    const supergraphSdl = await readFile(file, 'utf8');
    const server = await startSupergraphServer({ supergraphSdl, host, port });
    stopOnSignals(server);
    process.stdout.write(`Gateway ready at ${server.url}\n`);
  } catch (error) {
    fail([`The gateway cannot serve "${file}": ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function stopOnSignals(server: SupergraphServer): void {
  const stop = () => {
    server.stop().catch((error: unknown) => fail([`The gateway did not stop cleanly: ${String(error)}`]));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
