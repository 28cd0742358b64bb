import { signedInPerson } from '#kernel/auth/require-viewer.js';
import type { Scope } from '#kernel/auth/scopes.js';
import { hashToken, newToken } from '#kernel/auth/token-text.js';
import { limitingScopes, type Viewer } from '#kernel/auth/viewer.js';
import { notFound } from '#kernel/errors/user-error.js';
import { checkText } from '#kernel/write/check-text.js';
import { checkExpiry, checkHolds, readOverlap, readScopes } from '../credential/credential.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import type { AccessToken } from './access-token.entity.js';
import { personToSpeakFor } from './access-token.policy.js';
import { insertAccessToken, revokeRow, rotateRow } from './access-token.repository.js';

export interface IssueAccessToken {
  readonly name: string;
  /** Oneself when left out. */
  readonly person?: string | null;
  /** All scopes of whoever makes it when left out. */
  readonly scopes?: readonly string[] | null;
  readonly expiresAt?: Date | null;
  readonly idempotencyKey?: string | null;
}

/** Makes a token that speaks for a person. Its text is in this answer only: the hub keeps nothing it could be read from. */
export async function issueAccessToken(ctx: PeopleContext, input: IssueAccessToken): Promise<IssuedAccessToken> {
  const personId = personToSpeakFor(ctx.viewer, input.person);
  checkText(input.name, 'name', 1, 200);
  checkExpiry(input.expiresAt, ctx.now());
  const scopes = scopesFor(ctx.viewer, input.scopes);
  await requirePerson(ctx, personId, 'person');
  const text = newToken('accessToken');
  let issued = false;
  const { result: id, cursor } = await ctx.write({ name: 'issueAccessToken', input }, async (tx) => {
    const id = ctx.newId('AccessToken');
    const facts = { name: input.name.trim(), scopes, createdAt: ctx.now(), expiresAt: input.expiresAt ?? null };
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

export interface RotateAccessToken {
  readonly accessToken: string;
  readonly overlapMinutes: number;
  readonly idempotencyKey?: string | null;
}

/** Gives a token another text. The one before stays good for the overlap, so that programs can change over one by one. */
export async function rotateAccessToken(ctx: PeopleContext, input: RotateAccessToken): Promise<IssuedAccessToken> {
  signedInPerson(ctx.viewer);
  const token = await ctx.accessTokens.load(input.accessToken);
  if (!token) throw notFound('access token', input.accessToken, 'accessToken');
  checkHolds(ctx.viewer, token.scopes);
  const until = readOverlap(input.overlapMinutes, ctx.now());
  const text = newToken('accessToken');
  let rotated = false;
  const { result: id, cursor } = await ctx.write({ name: 'rotateAccessToken', input }, async (tx) => {
    if (!(await rotateRow(tx, token.id, hashToken(text), until)))
      throw notFound('access token', token.id, 'accessToken');
    tx.append({ type: 'people.accessToken.rotated', subject: token.id, data: { person: token.personId } });
    rotated = true;
    return token.id;
  });
  ctx.accessTokens.clear(id);
  return { accessToken: await ctx.accessTokens.load(id), token: rotated ? text : null, cursor };
}

export interface ChangedAccessToken {
  readonly accessToken: AccessToken | null;
  readonly cursor: string | null;
}

export interface IssuedAccessToken extends ChangedAccessToken {
  /** The token itself; null when a repeated call finds it was given out before. */
  readonly token: string | null;
}

/** Null for all of them: of a person who is not limited themselves. */
function scopesFor(viewer: Viewer, named: readonly string[] | null | undefined): Scope[] | null {
  const wanted = named ?? limitingScopes(viewer);
  const scopes = wanted ? readScopes(wanted) : null;
  checkHolds(viewer, scopes);
  return scopes;
}
