import { eventually } from '../hub/eventually.js';
import type { TestClient } from '../hub/graphql-client.js';
import { type RawStream, rawStream } from '../wire/raw-stream.js';

const query = `subscription { crossTeamConnectionMade(kinds: [FIRST_CONNECTION]) {
  firstEver teams { ... on Team { id } ... on Organization { id } } } }`;

interface Told {
  readonly data: {
    readonly crossTeamConnectionMade: { readonly firstEver: boolean; readonly teams: { readonly id: string }[] };
  };
}

/** Listens for teams that connect for the first time, from now on. */
export interface FirstConnections {
  /** The two of each, as they came; waits until there are so many. */
  atLeast(count: number): Promise<string[]>;
  stop(): void;
}

export async function listenForFirstConnections(url: string, { token }: TestClient): Promise<FirstConnections> {
  const stream = await rawStream(url, { token, query });
  await stream.heartbeat();
  return {
    atLeast: (count) =>
      eventually(
        () => pairsIn(stream),
        (pairs) => pairs.length >= count,
        60_000,
      ),
    stop: () => stream.drop(),
  };
}

function pairsIn(stream: RawStream): string[] {
  return stream.events().map(({ data }) => {
    const { firstEver, teams } = (data as Told).data.crossTeamConnectionMade;
    const pair = teams.map(({ id }) => id).sort();
    return firstEver ? pair.join(' ') : `${pair.join(' ')} not for the first time`;
  });
}
