/** The JSON body of a request, or the reason why there is none to work with. */
import type { IncomingMessage } from 'node:http';

export type JsonBody =
  | { readonly json: unknown; readonly refused?: undefined }
  | { readonly refused: { readonly status: number; readonly message: string } };

const MAX_BODY_BYTES = 2 * 1024 * 1024;

export async function readJsonBody(request: IncomingMessage): Promise<JsonBody> {
  if (request.method !== 'POST') return { json: undefined };
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    return refuse(415, 'Send the request with the header "content-type: application/json".');
  }
  const text = await readText(request);
  if (text === undefined) return refuse(413, `The request is longer than ${MAX_BODY_BYTES} bytes.`);
  try {
    return { json: JSON.parse(text) };
  } catch {
    return refuse(400, 'The body is not valid JSON.');
  }
}

/** Undefined when it is too long. The rest then comes in unused: cutting the connection would cut off our answer too. */
function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
  });
}

function refuse(status: number, message: string): JsonBody {
  return { refused: { status, message } };
}
