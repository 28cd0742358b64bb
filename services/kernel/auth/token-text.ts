import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Tells at sight, and to scanners of leaked secrets, what a token is. */
export const tokenPrefixes = {
  accessToken: 'weft_pat_',
  apiClient: 'weft_client_',
  clientToken: 'weft_access_',
} as const;
export type TokenKind = keyof typeof tokenPrefixes;
const tokenKinds = Object.keys(tokenPrefixes) as TokenKind[];

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 30 digits of base 62 are 178 bits of chance. */
const randomLength = 30;
/** The largest CRC-32 has six digits of base 62. */
const checksumLength = 6;
const form = new RegExp(`^[0-9A-Za-z]{${randomLength + checksumLength}}$`);

/** A new token: prefix, chance, and a checksum that tells a mistyped token from an unknown one without asking the database. */
export function newToken(kind: TokenKind): string {
  const body = randomText(randomLength);
  return `${tokenPrefixes[kind]}${body}${checksumOf(body)}`;
}

/** What a text can be, undefined for none of our tokens; says nothing about whether anybody has it. */
export function tokenKindOf(text: string): TokenKind | undefined {
  return tokenKinds.find((kind) => hasForm(text, tokenPrefixes[kind]));
}

function hasForm(text: string, prefix: string): boolean {
  if (!text.startsWith(prefix)) return false;
  const rest = text.slice(prefix.length);
  return form.test(rest) && rest.endsWith(checksumOf(rest.slice(0, -checksumLength)));
}

/** What is kept of a token. It needs no salt and no slow function: nobody can guess 178 bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < checksumLength; place += 1) {
    text = digits.charAt(rest % digits.length) + text;
    rest = Math.floor(rest / digits.length);
  }
  return text;
}

/** Bytes that do not divide evenly among the digits are thrown away, so that every digit is equally likely. */
function randomText(length: number): string {
  const fair = 256 - (256 % digits.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && text.length < length) text += digits.charAt(byte % digits.length);
    }
  }
  return text;
}
