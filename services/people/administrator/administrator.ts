import { system } from '#kernel/auth/viewer.js';
import { type RequestContext, requestContext } from '#kernel/runtime/request-context.js';
import type { RunningService, ServiceInside } from '#kernel/runtime/service.js';
import type { Write } from '#kernel/write/write.js';
import { insertAccessToken } from '../access-token/access-token.repository.js';
import type { Person } from '../person/person.entity.js';
import { findAdministrator, insertAdministrator } from './administrator.repository.js';

/** A hub has somebody who can let others in from its first start on. Processes that start at once take turns. */
export async function ensureAdministrator({ parts }: ServiceInside): Promise<void> {
  const ctx = requestContext(parts, { viewer: system, requestId: 'start' });
  await ctx.write({ name: 'ensureAdministrator', input: {}, inTurn }, (tx) => administrator(ctx, tx));
}

/**
 * Lets a token speak for the administrator; whoever calls keeps its text. A token that is known, even a revoked one, stays as
 * it is.
 */
export async function ensureAdministratorToken(service: RunningService, tokenHash: string): Promise<void> {
  const ctx = service.createContext({ viewer: system, requestId: 'start' });
  await ctx.write({ name: 'ensureAdministratorToken', input: {}, inTurn }, async (tx) => {
    const personId = await administrator(ctx, tx);
    const id = ctx.newId('AccessToken');
    const token = { id, personId, name: 'First token', hash: tokenHash, createdAt: ctx.now(), expiresAt: null };
    if (!(await insertAccessToken(tx, token))) return;
    tx.append({ type: 'people.accessToken.issued', subject: id, data: { person: personId } });
  });
}

const inTurn = 'people.administrator';

async function administrator(ctx: RequestContext, tx: Write): Promise<string> {
  const known = await findAdministrator(tx);
  if (known !== undefined) return known;
  const person = newAdministrator(ctx);
  await insertAdministrator(tx, person);
  const data = { organization: person.organizationId, party: person.party };
  tx.append({ type: 'people.person.registered', subject: person.id, data });
  return person.id;
}

function newAdministrator(ctx: RequestContext): Person {
  const now = ctx.now();
  return {
    id: ctx.newId('Person'),
    name: 'Administrator',
    handle: 'admin',
    party: 'internal',
    organizationId: null,
    skills: [],
    administrator: true,
    createdAt: now,
    updatedAt: now,
  };
}
