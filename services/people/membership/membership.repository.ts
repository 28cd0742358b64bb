import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { Membership } from './membership.entity.js';
import { visibleMembership } from './membership.policy.js';

export const membershipColumns = selectList(Membership, 'm');

const terms = [
  { sql: 'm.began_at', type: 'timestamptz' },
  { sql: 'm.id', type: 'text' },
] as const;
const newestFirst: ListOrder = { name: 'LATEST', direction: 'DESC', terms };
const oldestFirst: ListOrder = { name: 'OLDEST', direction: 'ASC', terms };

const ofPerson: List = {
  name: 'Person.memberships',
  from: 'membership m',
  columns: membershipColumns,
  parent: 'm.person_id',
};
const ofTeam: List = { ...ofPerson, name: 'Team.members', parent: 'm.team_id' };

/** The history of a person in teams, newest first. */
export function selectMembershipsOfPerson(viewer: Viewer): Selection {
  return { list: ofPerson, order: newestFirst, where: [visibleMembership(viewer)] };
}

/** Who is in a team, longest member first; with those who left when asked for. */
export function selectMembersOfTeam(viewer: Viewer, withFormer: boolean): Selection {
  const current = withFormer ? [] : [condition('m.ended_at IS NULL')];
  return { list: ofTeam, order: oldestFirst, where: [visibleMembership(viewer), ...current] };
}

const begin = statement(`
  INSERT INTO membership (id, person_id, team_id, began_at, ended_at) VALUES ($1, $2, $3, $4, NULL)
  ON CONFLICT (person_id, team_id) WHERE ended_at IS NULL DO NOTHING RETURNING id`);
const current = statement(
  'SELECT id FROM membership WHERE person_id = $1 AND team_id = $2 AND ended_at IS NULL FOR UPDATE',
);

/** The membership that holds now, and whether it began with this call: of two calls at once, one begins it. */
export async function beginMembership(tx: Write, membership: Membership): Promise<{ id: string; began: boolean }> {
  const { id, personId, teamId, beganAt } = membership;
  const [begun] = await tx.run(begin, [id, personId, teamId, beganAt]);
  if (begun) return { id, began: true };
  const [known] = await tx.run<{ id: string }>(current, [personId, teamId]);
  return known ? { id: known.id, began: false } : beginMembership(tx, membership);
}

// Imported history may begin after the present of this machine: nobody leaves before joining.
const end = statement(`
  UPDATE membership SET ended_at = greatest(began_at, $3) WHERE person_id = $1 AND team_id = $2 AND ended_at IS NULL
  RETURNING id`);

/** The membership that ended, or undefined when there was none. */
export async function endMembership(
  tx: Write,
  personId: string,
  teamId: string,
  at: Date,
): Promise<string | undefined> {
  const [ended] = await tx.run<{ id: string }>(end, [personId, teamId, at]);
  return ended?.id;
}
