import { UserError } from '#kernel/errors/user-error.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import type { Team } from '../team/team.entity.js';
import { requireTeam } from '../team/team.js';
import type { Membership } from './membership.entity.js';
import { personToMove } from './membership.policy.js';
import { beginMembership, endMembership } from './membership.repository.js';

export interface MoveMember {
  readonly team: string;
  /** Oneself when left out. */
  readonly person?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Makes a person a member of a team from now on. Joining again changes nothing. */
export async function joinTeam(ctx: PeopleContext, input: MoveMember): Promise<ChangedMembership> {
  const personId = personToMove(ctx.viewer, input.person);
  await requirePerson(ctx, personId, 'person');
  const team = await requireTeam(ctx, input.team, 'team');
  const { result, cursor } = await ctx.write({ name: 'joinTeam', input, inTurn: personId }, async (tx) => {
    const wanted = { id: ctx.newId('Membership'), personId, teamId: team.id, beganAt: ctx.now(), endedAt: null };
    const { id, began } = await beginMembership(tx, wanted);
    if (began) tx.append({ type: 'people.membership.began', subject: id, data: moveOf(personId, team) });
    return id;
  });
  return reload(ctx, result, personId, cursor);
}

/** Ends a membership; that it was stays readable. */
export async function leaveTeam(ctx: PeopleContext, input: MoveMember): Promise<ChangedMembership> {
  const personId = personToMove(ctx.viewer, input.person);
  const team = await requireTeam(ctx, input.team, 'team');
  const { result, cursor } = await ctx.write({ name: 'leaveTeam', input, inTurn: personId }, async (tx) => {
    const id = await endMembership(tx, personId, team.id, ctx.now());
    if (id === undefined) throw notAMember();
    tx.append({ type: 'people.membership.ended', subject: id, data: moveOf(personId, team) });
    return id;
  });
  return reload(ctx, result, personId, cursor);
}

export interface ChangedMembership {
  readonly membership: Membership | null;
  readonly cursor: string | null;
}

function moveOf(person: string, { id: team, organizationId: organization }: Team) {
  return { person, team, organization };
}

async function reload(
  ctx: PeopleContext,
  id: string,
  personId: string,
  cursor: string | null,
): Promise<ChangedMembership> {
  ctx.memberships.clear(id);
  ctx.teamsOfPerson.clear(personId);
  return { membership: await ctx.memberships.load(id), cursor };
}

function notAMember(): UserError {
  return new UserError('NOT_FOUND', 'This person is not in the team now; there is nothing to leave.', [
    'input',
    'team',
  ]);
}
