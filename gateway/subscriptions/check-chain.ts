import type { UpstreamItem } from './shared-stream.js';

/** The subgraph sent a frame whose `previous` is not the frame before it: something between the two is missing. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain';
}

/**
 * Passes the items of one connection on as long as each frame names the place we know before it. What comes behind a gap is
 * never handed on: the stream is opened again from the last place instead.
 */
export async function* checkChain(
  items: AsyncIterable<UpstreamItem>,
  after: string | undefined,
): AsyncGenerator<UpstreamItem, void> {
  let known = after;
  for await (const item of items) {
    if (item.kind === 'heartbeat') {
      // Only the first, of a stream that starts now, is a place that a frame may name: the others lie between two frames.
      known ??= item.cursor;
    } else if (item.frame.cursor !== undefined) {
      if (known !== undefined && item.frame.previous !== known)
        throw new BrokenChain(
          `A frame names ${item.frame.previous} as the place before it, and ${known} was expected.`,
        );
      known = item.frame.cursor;
    }
    yield item;
  }
}
