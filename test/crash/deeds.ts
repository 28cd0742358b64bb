import type { TestClient } from '../hub/graphql-client.js';
import type { Scene } from './scene.js';

/** One kind of thing that people do, and that can be counted afterwards: each is told from the others by its text. */
export interface DeedKind {
  readonly name: string;
  readonly mutation: string;
  input(text: string): object;
  /** The texts of all of them that there are, a doubled one twice. */
  read(client: TestClient): Promise<string[]>;
}

export function contributing({ idea }: Pick<Scene, 'idea'>): DeedKind {
  return {
    name: 'contribution',
    mutation: 'contributeToIdea',
    input: (body) => ({ idea: idea.id, type: 'BUILD', body }),
    read: (client) =>
      readAll(
        client,
        'query ($id: ID!, $after: String) { owner: idea(id: $id) { page: contributions(first: 100, after: $after) { nodes { text: body } pageInfo { hasNextPage endCursor } } } }',
        { id: idea.id },
      ),
  };
}

export function talking(conversation: string): DeedKind {
  return {
    name: 'message',
    mutation: 'postMessage',
    input: (body) => ({ conversation, body }),
    read: (client) =>
      readAll(
        client,
        'query ($id: ID!, $after: String) { owner: conversation(id: $id) { page: messages(first: 100, after: $after) { nodes { text: body } pageInfo { hasNextPage endCursor } } } }',
        { id: conversation },
      ),
  };
}

/** A reaction is a short word of its own each time. */
export function reacting(message: string): DeedKind {
  return {
    name: 'reaction',
    mutation: 'react',
    input: (text) => ({ message, emoji: text.replaceAll(' ', '-') }),
    async read(client) {
      const emojis = await readAll(
        client,
        'query ($id: ID!, $after: String) { owner: message(id: $id) { page: reactions(first: 100, after: $after) { nodes { text: emoji } pageInfo { hasNextPage endCursor } } } }',
        { id: message },
      );
      return emojis.map((emoji) => emoji.replaceAll('-', ' '));
    },
  };
}

export const openingSpaces: DeedKind = {
  name: 'space',
  mutation: 'openSpace',
  input: (name) => ({ name, visibility: 'PRIVATE' }),
  read: (client) =>
    readAll(
      client,
      'query ($after: String) { page: spaces(first: 100, after: $after) { nodes { text: name } pageInfo { hasNextPage endCursor } } }',
      {},
    ),
};

interface Page {
  readonly nodes: readonly { readonly text: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function readAll(client: TestClient, query: string, variables: object): Promise<string[]> {
  const texts: string[] = [];
  for (let after: string | null = null; ; ) {
    const data: { owner?: { page: Page }; page?: Page } = await client.run(query, { ...variables, after });
    const page = data.page ?? data.owner?.page;
    if (!page) throw new Error('There is nothing to read from.');
    texts.push(...page.nodes.map(({ text }) => text));
    if (!page.pageInfo.hasNextPage) return texts;
    after = page.pageInfo.endCursor;
  }
}
