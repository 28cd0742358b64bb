import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** A stream, and the text by which each of its events is known; events without one are of another kind. */
export interface Told {
  readonly field: string;
  readonly args: string;
  readonly selection: string;
  textOf(event: never): string | null | undefined;
}

interface Received {
  readonly data: { readonly event: never };
  readonly errors?: readonly object[];
  readonly extensions: { readonly weft: { readonly cursor: string } };
}

/** The texts of all events behind one place and up to another, as any client gets them. */
export async function toldUpTo(
  { url, token }: { readonly url: string; readonly token: string | undefined },
  { field, args, selection, textOf }: Told,
  after: string,
  last: string,
): Promise<string[]> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const query = `subscription ($after: Cursor) { event: ${field}(after: $after, ${args}) { ${selection} } }`;
  const texts: string[] = [];
  try {
    for await (const result of client.iterate({ query, variables: { after } })) {
      const { data, errors, extensions } = result as Partial<Received>;
      if (errors || !data || !extensions) throw new Error(`${field} is not told: ${JSON.stringify(errors)}`);
      const text = textOf(data.event);
      if (text != null) texts.push(text);
      if (extensions.weft.cursor === last) return texts;
    }
  } finally {
    await client.dispose();
  }
  throw new Error(`${field} ended before its last event.`);
}
