import { holdsScope, isScope, type Scope } from '#kernel/auth/scopes.js';
import { hashToken, newToken } from '#kernel/auth/token-text.js';
import type { PeopleContext } from '../people-context.js';
import { checkIsHub } from '../viewer/viewer-claims.js';
import { keepClientToken, provenBy } from './client-token.repository.js';

export interface IssueClientToken {
  readonly client: string;
  readonly secretHash: string;
  /** All that the client has when left out. */
  readonly scopes?: readonly string[] | null;
}

export interface IssuedClientToken {
  readonly token: string | null;
  readonly scopes: readonly Scope[];
  readonly expiresInSeconds: number;
  /** A code of RFC 6749, section 5.2; null when there is a token. */
  readonly refusal: 'invalid_client' | 'invalid_scope' | null;
}

/** Long enough not to be asked for with every request, short enough that a copied one is soon worth nothing. */
export const lifetimeSeconds = 15 * 60;

/** Gives a client that shows its secret a token that is soon worth nothing, with all or some of its scopes. */
export async function issueClientToken(ctx: PeopleContext, input: IssueClientToken): Promise<IssuedClientToken> {
  checkIsHub(ctx.viewer);
  const now = ctx.now();
  const client = await provenBy(ctx.db, input.secretHash, now);
  if (client?.id !== input.client) return refused('invalid_client');
  const scopes = readScopes(input.scopes ?? client.scopes, client.scopes);
  if (!scopes) return refused('invalid_scope');
  const token = newToken('clientToken');
  const expiresAt = new Date(Math.min(now.getTime() + lifetimeSeconds * 1_000, client.endsAt?.getTime() ?? Infinity));
  const whose = { clientId: client.id, secretHash: input.secretHash };
  await keepClientToken(ctx.db, { hash: hashToken(token), ...whose, scopes, expiresAt }, now);
  const expiresInSeconds = Math.floor((expiresAt.getTime() - now.getTime()) / 1_000);
  return { token, scopes, expiresInSeconds, refusal: null };
}

/** Each once; undefined when one of them is none, or not of the client. */
function readScopes(named: readonly string[], held: readonly Scope[]): Scope[] | undefined {
  const scopes = [...new Set(named)].filter(isScope).filter((scope) => holdsScope(held, scope));
  return scopes.length > 0 && scopes.length === new Set(named).size ? scopes : undefined;
}

function refused(refusal: 'invalid_client' | 'invalid_scope'): IssuedClientToken {
  return { token: null, scopes: [], expiresInSeconds: 0, refusal };
}
