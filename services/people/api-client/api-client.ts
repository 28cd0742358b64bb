import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { hashToken, newToken } from '#kernel/auth/token-text.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import { roleHasRight } from '#kernel/spaces/space-rights.js';
import { checkText } from '#kernel/write/check-text.js';
import { checkExpiry, checkHolds, readOverlap, readScopes } from '../credential/credential.js';
import { requireOrganization } from '../organization/organization.js';
import type { PeopleContext } from '../people-context.js';
import type { Space } from '../space/space.entity.js';
import { requireSpace } from '../space/space.js';
import { ApiClient } from './api-client.entity.js';
import {
  type ClientSpaces,
  checkMayCreateClient,
  checkMayGiveRecords,
  checkScopesOfClient,
} from './api-client.policy.js';
import { revokeRow, rotateRow } from './api-client.repository.js';

export interface CreateApiClient {
  readonly organization: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** All that are open to the organisation when left out. */
  readonly spaces?: readonly string[] | null;
  readonly expiresAt?: Date | null;
  readonly idempotencyKey?: string | null;
}

/** Makes a client of an organisation. Its token is in this answer only: the hub keeps nothing it could be read from. */
export async function createApiClient(ctx: PeopleContext, input: CreateApiClient): Promise<IssuedApiClient> {
  const { personId: creatorId } = signedInPerson(ctx.viewer);
  checkText(input.name, 'name', 1, 200);
  checkExpiry(input.expiresAt, ctx.now());
  const scopes = readScopes(input.scopes);
  checkScopesOfClient(scopes);
  checkHolds(ctx.viewer, scopes);
  const organization = await requireOrganization(ctx, input.organization, 'organization');
  const limits = input.spaces ? await readSpaces(ctx, input.spaces, organization.id) : null;
  await checkMayCreateClient(ctx, organization, limits);
  checkMayGiveRecords(ctx.viewer, scopes, organization, limits);
  const spaces = limits?.spaces.map(({ id }) => id) ?? null;
  const text = newToken('apiClient');
  let issued = false;
  const { result: id, cursor } = await ctx.write({ name: 'createApiClient', input }, async (tx) => {
    const id = ctx.newId('ApiClient');
    const facts = { name: input.name.trim(), scopes, createdAt: ctx.now(), expiresAt: input.expiresAt ?? null };
    const whose = { organizationId: organization.id, creatorId, spaces };
    await tx.manager.insert(ApiClient, { id, hash: hashToken(text), ...whose, ...facts });
    tx.append({ type: 'people.apiClient.created', subject: id, data: { organization: organization.id } });
    issued = true;
    return id;
  });
  return { apiClient: await ctx.apiClients.load(id), token: issued ? text : null, cursor };
}

export interface RotateApiClient {
  readonly apiClient: string;
  readonly overlapMinutes: number;
  readonly idempotencyKey?: string | null;
}

/** Gives a client another token. The one before stays good for the overlap, so that its processes change over one by one. */
export async function rotateApiClient(ctx: PeopleContext, input: RotateApiClient): Promise<IssuedApiClient> {
  const client = await requireClient(ctx, input.apiClient);
  checkHolds(ctx.viewer, client.scopes);
  const until = readOverlap(input.overlapMinutes, ctx.now());
  const text = newToken('apiClient');
  let rotated = false;
  const { result: id, cursor } = await ctx.write({ name: 'rotateApiClient', input }, async (tx) => {
    if (!(await rotateRow(tx, client.id, hashToken(text), until))) throw notFound('API client', client.id, 'apiClient');
    const { organizationId: organization } = client;
    tx.append({ type: 'people.apiClient.rotated', subject: client.id, data: { organization } });
    rotated = true;
    return client.id;
  });
  ctx.apiClients.clear(id);
  return { apiClient: await ctx.apiClients.load(id), token: rotated ? text : null, cursor };
}

export interface RevokeApiClient {
  readonly apiClient: string;
  readonly idempotencyKey?: string | null;
}

/** Makes a client worthless. Revoking it again changes nothing. */
export async function revokeApiClient(ctx: PeopleContext, input: RevokeApiClient): Promise<ChangedApiClient> {
  const client = await requireClient(ctx, input.apiClient);
  const { result: id, cursor } = await ctx.write({ name: 'revokeApiClient', input }, async (tx) => {
    if (await revokeRow(tx, client.id, ctx.now())) {
      const { organizationId: organization } = client;
      tx.append({ type: 'people.apiClient.revoked', subject: client.id, data: { organization } });
    }
    return client.id;
  });
  ctx.apiClients.clear(id);
  return { apiClient: await ctx.apiClients.load(id), cursor };
}

export interface ChangedApiClient {
  readonly apiClient: ApiClient | null;
  readonly cursor: string | null;
}

export interface IssuedApiClient extends ChangedApiClient {
  /** The token itself; null when a repeated call finds it was given out before. */
  readonly token: string | null;
}

async function requireClient(ctx: PeopleContext, id: string): Promise<ApiClient> {
  signedInPerson(ctx.viewer);
  const client = await ctx.apiClients.load(id);
  if (!client) throw notFound('API client', id, 'apiClient');
  return client;
}

const mostSpaces = 100;

/** Spaces the client could enter at all: others would stand in its list and never open. */
async function readSpaces(ctx: PeopleContext, ids: readonly string[], organization: string): Promise<ClientSpaces> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0 || wanted.length > mostSpaces)
    throw invalid(`"spaces" names 1 to ${mostSpaces} spaces; leave it out for all of the organisation.`, 'spaces');
  const spaces = await Promise.all(wanted.map((id) => requireSpace(ctx, id, 'spaces')));
  const strange = spaces.find((space) => !couldEnter(space, organization));
  if (strange)
    throw invalid(
      `The space "${strange.id}" is not open to this organisation, so its client cannot enter it.`,
      'spaces',
    );
  const roles = await Promise.all(spaces.map(({ id }) => ctx.viewerRoles.load(id)));
  return { spaces, tended: new Set(spaces.filter((_, place) => roleHasRight(roles[place] ?? null, 'tend'))) };
}

/** An agreement may open a space of others later, which is not private; so these may be named in advance. */
function couldEnter({ visibility, owners }: Space, organization: string): boolean {
  return visibility !== 'private' || owners.includes(organization);
}
