import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Guard } from '#gateway/limits/guard.js';

export class BodyError extends Error {
  override readonly name = 'BodyError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What programs may want to know besides the code. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The JSON body of a request; undefined when it has none. Never holds more than the limit. */
export async function readJsonBody(request: IncomingMessage, guard: Guard): Promise<unknown> {
  const bytes = await readBytes(request, guard.maxBytes);
  if (bytes.length === 0) return undefined;
  if (!/^application\/(graphql-response\+)?json\b/i.test(request.headers['content-type'] ?? '')) return undefined; // Apollo Server says what it takes
  const text = decode(bytes);
  try {
    return guard.parseJson(text);
  } catch (error) {
    if (error instanceof GraphQLError) throw error;
    throw new BodyError(400, 'BAD_JSON', `The body is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

/**
 * By events and not by iterating: leaving a loop over a request destroys its connection, and whoever sent too much would see
 * a broken line instead of the answer that says so. The rest of such a body is read and dropped.
 */
export function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge(size, maxBytes));
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(brokenOff()));
    request.on('close', () => reject(brokenOff()));
  });
}

function tooLarge(value: number, maximum: number): BodyError {
  return new BodyError(
    413,
    'REQUEST_TOO_LARGE',
    `A request has at most ${maximum} bytes; send fewer records or a shorter document.`,
    { limit: 'bytes', value, maximum },
  );
}

/** Nobody is there to read it; it keeps a lost client from being logged as a fault of ours. */
function brokenOff(): BodyError {
  return new BodyError(400, 'BAD_REQUEST', 'The request broke off before its end.');
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BodyError(400, 'BAD_UTF8', 'The body is not valid UTF-8.');
  }
}
