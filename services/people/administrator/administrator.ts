import { system } from '#kernel/auth/viewer.js';
import { type RequestContext, requestContext } from '#kernel/runtime/request-context.js';
import type { ServiceInside } from '#kernel/runtime/service.js';
import type { Write } from '#kernel/write/write.js';
import type { Person } from '../person/person.entity.js';
import { findAdministrator, insertAdministrator } from './administrator.repository.js';

/** A hub has somebody who can let others in from its first start on. Processes that start at once take turns. */
export async function ensureAdministrator({ parts }: ServiceInside): Promise<void> {
  const ctx = requestContext(parts, { viewer: system, requestId: 'start' });
  await ctx.write({ name: 'ensureAdministrator', input: {}, inTurn: administratorTurn }, (tx) =>
    administrator(ctx, tx),
  );
}

export const administratorTurn = 'people.administrator';

/** Id of the first administrator, who is made when there is none. */
export async function administrator(ctx: RequestContext, tx: Write): Promise<string> {
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
