import { readFile } from 'node:fs/promises';
import { requestsSignedBy } from '#gateway/request.js';
import { viewerSigner } from '#kernel/auth/viewer-header.js';
import { type Config, readConfig } from '#kernel/config/config.js';

/** What the bench gives to every peer: the variables of a hub. */
export const config: Config = readConfig(process.env);
export const secret = config.HUB_SECRET ?? '';
export const databaseUrl = config.DATABASE_URL ?? '';
export const makeRequest = requestsSignedBy(viewerSigner(secret));

const [people] = config.PEOPLE_URL;
const [ideas] = config.IDEAS_URL;
const [conversations] = config.CONVERSATIONS_URL;
export const peopleUrl = people ?? '';
/** One process of each: peers know no more. */
export const subgraphUrls: Readonly<Record<string, string>> = {
  people: peopleUrl,
  ideas: ideas ?? '',
  conversations: conversations ?? '',
};

/** The supergraph with the addresses of this run. */
export async function readSupergraph(): Promise<string> {
  const sdl = await readFile(new URL('../../../../schema/supergraph.graphql', import.meta.url), 'utf8');
  return Object.entries(subgraphUrls).reduce(
    (text, [name, url]) => text.replace(`url: "http://${name}"`, `url: "${url}"`),
    sdl,
  );
}

export function announce(): void {
  process.stdout.write('ready\n');
}

export function stopOnSignal(stop: () => Promise<unknown>): void {
  process.once('SIGTERM', () => void stop().finally(() => process.exit(0)));
}
