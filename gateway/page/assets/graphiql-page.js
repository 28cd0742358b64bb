import { examples } from './examples.js';
import { streamFetcher } from './stream-fetcher.js';
import { readToken } from './token.js';

const { React, ReactDOM, GraphiQL } = window;
const parameters = new URLSearchParams(location.search);
const token = readToken();
const fetcher = streamFetcher('/graphql', GraphiQL.createFetcher({ url: '/graphql' }));
const headers = JSON.stringify({ authorization: token ? `Bearer ${token}` : 'Bearer <your token>' }, null, 2);

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    query: parameters.get('query') ?? undefined,
    variables: parameters.get('variables') ?? undefined,
    defaultQuery: examples[0].query,
    defaultHeaders: headers,
    headers: token ? headers : undefined,
    defaultEditorToolsVisibility: token ? undefined : 'headers',
    shouldPersistHeaders: false,
  }),
);
