import { readFileSync } from 'node:fs';
import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const { WEFT_URL: url = 'ws://localhost:4000/graphql', WEFT_TOKEN } = process.env;
const query = gql(readFileSync('docs/examples/contribution-added.graphql', 'utf8'));
type Added = { contributionAdded: { actor: { name: string } | null; contribution: { body: string } | null } };

let after: string | undefined; // the place up to which everything was shown; kept in a file, it outlives this program too
function arrive({ weft }: { weft?: { cursor?: string } } = {}): void {
  after = weft?.cursor ?? after;
}

const connectionParams = { authorization: `Bearer ${WEFT_TOKEN}` };
const on = { ping: (_: boolean, payload?: object) => arrive(payload) }; // the hub tells the place while nothing happens
// The client's own retries would subscribe from now: we come back ourselves, from the place we know.
const socket = createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, on });
const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });

(function follow(): void {
  client.subscribe<Added>({ query, variables: { after }, fetchPolicy: 'no-cache' }).subscribe({
    next({ data, extensions }) {
      const { actor, contribution } = data?.contributionAdded ?? {};
      if (data) process.stdout.write(`${actor?.name}: ${contribution?.body}\n`);
      arrive(extensions);
    },
    complete: () => void setTimeout(follow, 500),
  });
})();
