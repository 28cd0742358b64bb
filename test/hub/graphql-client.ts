import { request } from 'undici';

export interface GraphQLAnswer<Data = Record<string, unknown>> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    message: string;
    path?: (string | number)[];
    extensions?: Record<string, unknown> & { code?: string };
  }[];
  readonly extensions?: Record<string, unknown>;
}

/** Somebody with a token (or none) who sends documents to the hub's endpoint. */
export interface TestClient {
  readonly token: string | undefined;
  /** The whole answer, errors included. */
  send<Data = Record<string, unknown>>(query: string, variables?: object): Promise<GraphQLAnswer<Data>>;
  /** The data; throws when there are errors. */
  run<Data = Record<string, never>>(query: string, variables?: object): Promise<Data>;
  /** The `extensions.code` of the first error; undefined when there is none. */
  codeOf(query: string, variables?: object): Promise<string | undefined>;
}

export function graphqlClient(url: string, token?: string): TestClient {
  async function send<Data>(query: string, variables: object = {}): Promise<GraphQLAnswer<Data>> {
    const { body } = await request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return (await body.json()) as GraphQLAnswer<Data>;
  }
  return {
    token,
    send,
    async run<Data>(query: string, variables?: object) {
      const { data, errors } = await send<Data>(query, variables);
      if (errors || !data) throw new Error(`The hub answered with errors: ${JSON.stringify(errors, null, 2)}`);
      return data;
    },
    async codeOf(query, variables) {
      return (await send(query, variables)).errors?.[0]?.extensions?.code;
    },
  };
}
