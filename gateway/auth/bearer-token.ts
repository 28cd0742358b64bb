import { hashToken, type TokenKind, tokenKindOf } from '#kernel/auth/token-text.js';
import { unauthenticated } from './unauthenticated.js';

/** What somebody shows to be let in: a token of the hub, or a JWT of an OpenID provider. */
export interface Credential {
  readonly kind: TokenKind | 'jwt';
  readonly text: string;
  readonly hash: string;
}

/** Header fields of tokens with many groups in them come close to this. */
const maxLength = 8_192;
const form = new RegExp(`^Bearer +([\\x21-\\x7e]{1,${maxLength}})$`, 'i');
const jwtForm = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Undefined for who shows nothing. What can be no token at all is refused without asking anybody. */
export function credentialOf(authorization: string | undefined): Credential | undefined {
  if (authorization === undefined || authorization.trim() === '') return undefined;
  const text = form.exec(authorization.trim())?.[1];
  if (text === undefined) throw unauthenticated('The authorization header must be "Bearer <token>".');
  const kind = tokenKindOf(text) ?? (jwtForm.test(text) ? 'jwt' : undefined);
  if (!kind) throw unauthenticated('This is no token: it is mistyped or cut off. Copy it again, or get a new one.');
  return { kind, text, hash: hashToken(text) };
}
