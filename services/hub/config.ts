import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, type Terminal, usageError } from './command.js';

export interface HubAccess {
  readonly url: URL;
  readonly token: string;
}

/** Options that every subcommand talking to a hub takes. */
export const accessOptions = {
  url: { type: 'string', default: 'http://localhost:4000/graphql' },
  token: { type: 'string' },
} as const;

export const accessHelp = `  --url URL      the hub's GraphQL endpoint (http://localhost:4000/graphql)
  --token TOKEN  an access token; otherwise WEFT_TOKEN, otherwise the file
                 admin-token in HUB_DATA_DIR (.data)`;

/** parseArgs, its complaints turned into ours. */
export const readArgs: typeof parseArgs = (config) => {
  try {
    return parseArgs(config);
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
};

export async function readAccess(
  flags: { url: string; token?: string | undefined },
  env: Terminal['env'],
): Promise<HubAccess> {
  if (!URL.canParse(flags.url)) throw usageError(`--url "${flags.url}" is not a URL`);
  return { url: new URL(flags.url), token: flags.token ?? env.WEFT_TOKEN ?? (await readAdminToken(env)) };
}

/** A hub on this machine writes the token of its first administrator there. */
async function readAdminToken(env: Terminal['env']): Promise<string> {
  const path = join(env.HUB_DATA_DIR ?? '.data', 'admin-token');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    throw new CommandError(`no access token: give --token, set WEFT_TOKEN, or run where the hub wrote ${path}`);
  }
}
