/** Reads a body up to a limit, so that one runaway answer cannot fill the memory of the gateway. */
import type { Readable } from 'node:stream';
import { SubgraphCallError } from './subgraph-transport.js';

export async function readLimited(body: Readable, maxBytes: number, subgraph: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(subgraph, maxBytes);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof SubgraphCallError) throw cause;
    const message = `The service "${subgraph}" broke off in the middle of its answer.`;
    throw new SubgraphCallError('SUBGRAPH_UNAVAILABLE', message, { cause });
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}

function tooLarge(subgraph: string, maxBytes: number): SubgraphCallError {
  const message = `The service "${subgraph}" answered more than ${maxBytes} bytes. Ask for less at once.`;
  return new SubgraphCallError('RESPONSE_TOO_LARGE', message);
}
