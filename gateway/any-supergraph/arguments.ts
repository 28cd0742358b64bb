/** The command line of the plain gateway. Every problem is told at once. */
import { parseArgs } from 'node:util';

export interface ServeArguments {
  readonly supergraph: string;
  readonly host: string;
  readonly port: number;
}

export type ParsedArguments =
  | { readonly serve: ServeArguments; readonly problems?: undefined }
  | { readonly serve?: undefined; readonly problems: readonly string[] };

export const USAGE = 'Usage: npm run gateway -- --supergraph FILE --port NUMBER [--host ADDRESS]';

export function parseServeArguments(argv: readonly string[]): ParsedArguments {
  const values = readValues(argv);
  if (typeof values === 'string') return { problems: [values] };
  const problems: string[] = [];
  const { supergraph, host = '127.0.0.1' } = values;
  const port = Number(values.port);
  if (!supergraph) problems.push('Name the supergraph file with --supergraph.');
  if (!values.port || !Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push('Give a free port between 0 and 65535 with --port; 0 takes any.');
  }
  return supergraph && problems.length === 0 ? { serve: { supergraph, host, port } } : { problems };
}

function readValues(argv: readonly string[]) {
  const options = { supergraph: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
