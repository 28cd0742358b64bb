import { readFileSync } from 'node:fs';
import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const { WEFT_URL = 'ws://localhost:4000/graphql', WEFT_TOKEN = '' } = process.env;
const query = gql(readFileSync('docs/examples/contribution-added.graphql', 'utf8'));

interface Added {
  readonly contributionAdded: {
    readonly actor: { name: string } | null;
    readonly contribution: { body: string } | null;
  };
}

/** The place up to which everything was shown. Kept in a file or a database, it outlives this program as well. */
let after: string | undefined;

const socket = createClient({
  url: WEFT_URL,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${WEFT_TOKEN}` },
  retryAttempts: 0, // we come back ourselves, since we know from where
  on: {
    // The hub tells the place in pings: at the start, and while nothing happens.
    ping(_received, payload) {
      const { cursor } = (payload?.weft ?? {}) as { cursor?: string };
      if (after === undefined && cursor !== undefined) process.stdout.write('Listening.\n');
      after = cursor ?? after;
    },
  },
});
const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });

function follow(): void {
  client.subscribe<Added>({ query, variables: { after }, fetchPolicy: 'no-cache' }).subscribe({
    next({ data, extensions, error }) {
      if (!data || !extensions) return void process.stderr.write(`${error?.message}\n`);
      const { actor, contribution } = data.contributionAdded;
      process.stdout.write(`${actor?.name}: ${contribution?.body}\n`);
      after = (extensions.weft as { cursor: string }).cursor;
    },
    complete: () => void setTimeout(follow, 500),
  });
}

follow();
