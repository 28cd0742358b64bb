import { request } from 'undici';
import { type Hears, type Listen, query, type Received } from './listen.js';

/** Server-Sent Events as a browser reads them; it resumes by the id of the last block, in "Last-Event-ID". */
export const listenBySse: Listen = (task, after, hears) => {
  const cutting = new AbortController();
  const over = read(task, after, hears, cutting.signal).catch(() => undefined);
  return { over, cut: () => cutting.abort() };
};

async function read(
  { url, token, space }: Parameters<Listen>[0],
  after: string,
  hears: Hears,
  signal: AbortSignal,
): Promise<void> {
  const { body } = await request(`${url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'last-event-id': after,
    },
    body: JSON.stringify({ query, variables: { space } }),
    signal,
  });
  body.setEncoding('utf8');
  let rest = '';
  let refused = false;
  for await (const chunk of body) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) refused = hear(block, hears, refused);
  }
}

/** After errors the hub completes the stream, as the protocol wants it: only a stream that just ends says that nothing more comes. */
function hear(block: string, hears: Hears, refused: boolean): boolean {
  const fields = new Map(block.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]));
  const id = fields.get('id');
  const event = fields.get('event');
  if (event === 'complete' && !refused) hears.completed();
  if (event !== 'next') {
    if (id !== undefined) hears.moved(id);
    return refused;
  }
  const received = JSON.parse(fields.get('data') ?? '') as Received;
  if (!received.extensions?.weft) {
    hears.refused(received.errors);
    return true;
  }
  hears.event(received);
  return refused;
}
