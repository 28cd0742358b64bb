export interface ServerSentEvent {
  readonly id: string | undefined;
  /** Empty for a block that only moves the id. */
  readonly event: string;
  readonly data: string;
}

/** Reads a body of Server-Sent Events block by block, blocks without data included. */
export async function* readEvents(body: AsyncIterable<Buffer>): AsyncGenerator<ServerSentEvent, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield toEvent(block);
  }
}

function toEvent(block: string): ServerSentEvent {
  let id: string | undefined;
  let event = '';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) id = line.slice(4);
    else if (line.startsWith('event: ')) event = line.slice(7);
    else if (line.startsWith('data: ')) data.push(line.slice(6));
  }
  return { id, event, data: data.join('\n') };
}
