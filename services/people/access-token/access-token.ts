import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import { checkText } from '#kernel/write/check-text.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import type { AccessToken } from './access-token.entity.js';
import { checkIsHub, personToSpeakFor } from './access-token.policy.js';
import { insertAccessToken, noteUse, revokeRow, type TokenUse } from './access-token.repository.js';
import { hashToken, newAccessToken } from './token-text.js';

export interface IssueAccessToken {
  readonly name: string;
  /** Oneself when left out. */
  readonly person?: string | null;
  readonly expiresAt?: Date | null;
  readonly idempotencyKey?: string | null;
}

/** Makes a token that speaks for a person. Its text is in this answer only: the hub keeps nothing it could be read from. */
export async function issueAccessToken(ctx: PeopleContext, input: IssueAccessToken): Promise<IssuedAccessToken> {
  const personId = personToSpeakFor(ctx.viewer, input.person);
  checkText(input.name, 'name', 1, 200);
  checkExpiry(ctx, input.expiresAt);
  await requirePerson(ctx, personId, 'person');
  const text = newAccessToken();
  let issued = false;
  const { result: id, cursor } = await ctx.write({ name: 'issueAccessToken', input }, async (tx) => {
    const id = ctx.newId('AccessToken');
    const facts = { name: input.name.trim(), createdAt: ctx.now(), expiresAt: input.expiresAt ?? null };
    await insertAccessToken(tx, { id, personId, hash: hashToken(text), ...facts });
    tx.append({ type: 'people.accessToken.issued', subject: id, data: { person: personId } });
    issued = true;
    return id;
  });
  return { accessToken: await ctx.accessTokens.load(id), token: issued ? text : null, cursor };
}

export interface RevokeAccessToken {
  readonly accessToken: string;
  readonly idempotencyKey?: string | null;
}

/** Makes a token worthless. Revoking it again changes nothing. */
export async function revokeAccessToken(ctx: PeopleContext, input: RevokeAccessToken): Promise<ChangedAccessToken> {
  signedInPerson(ctx.viewer);
  const token = await ctx.accessTokens.load(input.accessToken);
  if (!token) throw notFound('access token', input.accessToken, 'accessToken');
  const { result: id, cursor } = await ctx.write({ name: 'revokeAccessToken', input }, async (tx) => {
    if (await revokeRow(tx, token.id, ctx.now())) {
      const { personId: person } = token;
      tx.append({ type: 'people.accessToken.revoked', subject: token.id, data: { person } });
    }
    return token.id;
  });
  ctx.accessTokens.clear(id);
  return { accessToken: await ctx.accessTokens.load(id), cursor };
}

/** Who asks with this token, for the gateway. */
export async function viewerOf(ctx: PeopleContext, tokenHash: string): Promise<TokenUse | null> {
  checkIsHub(ctx.viewer);
  return noteUse(ctx.db, tokenHash, ctx.now());
}

export interface ChangedAccessToken {
  readonly accessToken: AccessToken | null;
  readonly cursor: string | null;
}

export interface IssuedAccessToken extends ChangedAccessToken {
  /** The token itself; null when a repeated call finds it was given out before. */
  readonly token: string | null;
}

function checkExpiry(ctx: PeopleContext, expiresAt: Date | null | undefined): void {
  if (!expiresAt || expiresAt > ctx.now()) return;
  throw invalid('A token expires in the future; leave expiresAt out for one that does not.', 'expiresAt');
}
