import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Text that the hub hands out and takes back unchanged (cursors): readable by nobody who has to, forgeable by nobody.
 * `<payload>.<tag>`, both base64url; the tag is the first 12 bytes of HMAC-SHA-256 over purpose and payload.
 */
export interface Seal {
  close(payload: string): string;
  /** The payload, or undefined when the text was not closed with this seal. */
  open(text: string): string | undefined;
}

export function seal(secret: string, purpose: string): Seal {
  const key = createHmac('sha256', secret).update(`seal:${purpose}`).digest();
  const tagOf = (payload: string) => createHmac('sha256', key).update(payload).digest().subarray(0, 12);
  return {
    close: (payload) => `${Buffer.from(payload).toString('base64url')}.${tagOf(payload).toString('base64url')}`,
    open(text) {
      const [body, tag, rest] = text.split('.');
      if (body === undefined || tag === undefined || rest !== undefined) return undefined;
      const payload = Buffer.from(body, 'base64url').toString();
      const given = Buffer.from(tag, 'base64url');
      const expected = tagOf(payload);
      return given.length === expected.length && timingSafeEqual(given, expected) ? payload : undefined;
    },
  };
}
