import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import { columnIn, type List, type ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import type { Write } from '#kernel/write/write.js';
import { SpaceMembership } from './space-membership.entity.js';
import { visibleSpaceMembership } from './space-membership.policy.js';

export const spaceMembershipColumns = selectList(SpaceMembership, 'm');

const oldestFirst: ListOrder = {
  name: 'OLDEST',
  direction: 'ASC',
  terms: [
    { sql: 'm.joined_at', type: 'timestamptz' },
    { sql: 'm.id', type: 'text' },
  ],
};
const membersOfSpace: List = {
  name: 'Space.members',
  from: 'space_member m',
  columns: spaceMembershipColumns,
  parent: 'm.space_id',
};

export function selectMembersOfSpace(viewer: Viewer, roles: readonly SpaceRole[] | null): Selection {
  const wanted = roles ? [condition('m.role = ANY(?::text[])', roles)] : [];
  const visible = visibleSpaceMembership(viewer, columnIn(membersOfSpace, 'm.space_id'));
  return { list: membersOfSpace, order: oldestFirst, where: [visible, ...wanted] };
}

const roles = statement(`
  SELECT space_id AS "spaceId", role FROM space_member WHERE person_id = $1 AND space_id = ANY($2::text[])`);

export async function rolesIn(
  database: Database,
  personId: string,
  spaceIds: readonly string[],
): Promise<ReadonlyMap<string, SpaceRole | null>> {
  const rows = await database.read<{ spaceId: string; role: SpaceRole | null }>(roles, [personId, spaceIds]);
  return new Map(rows.map((row) => [row.spaceId, row.role]));
}

const hold = statement('SELECT role FROM space_member WHERE space_id = $1 AND person_id = $2 FOR UPDATE');

/** The role a person has, held until the end of the transaction, so that nobody else decides on it meanwhile. */
export async function holdRole(tx: Write, spaceId: string, personId: string): Promise<SpaceRole | null> {
  const [row] = await tx.run<{ role: SpaceRole | null }>(hold, [spaceId, personId]);
  return row?.role ?? null;
}

// Who comes back keeps the id and joins anew; who only gets another role joined when they did.
const set = statement(`
  INSERT INTO space_member AS m (id, space_id, person_id, role, joined_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (space_id, person_id) DO UPDATE SET role = excluded.role,
    joined_at = CASE WHEN m.role IS NULL THEN excluded.joined_at ELSE m.joined_at END
    WHERE m.role IS DISTINCT FROM excluded.role
  RETURNING id`);
const keepAny = statement(`
  INSERT INTO space_member AS m (id, space_id, person_id, role, joined_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (space_id, person_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at WHERE m.role IS NULL
  RETURNING id`);

export type NewMember = SpaceMembership & { readonly role: SpaceRole };

/** Gives a person a role; false when they have it already. */
export async function setMember(tx: Write, member: NewMember): Promise<boolean> {
  return (await tx.run(set, valuesOf(member))).length > 0;
}

/** Makes a person a member who is none; false when they are one, in whatever role. */
export async function addMember(tx: Write, member: NewMember): Promise<boolean> {
  return (await tx.run(keepAny, valuesOf(member))).length > 0;
}

function valuesOf({ id, spaceId, personId, role, joinedAt }: NewMember): unknown[] {
  return [id, spaceId, personId, role, joinedAt];
}

const owners = statement(`SELECT count(*)::integer AS count FROM space_member WHERE space_id = $1 AND role = 'owner'`);

export async function countOwners(tx: Write, spaceId: string): Promise<number> {
  const [row] = await tx.run<{ count: number }>(owners, [spaceId]);
  return row?.count ?? 0;
}

const remove = statement(`
  UPDATE space_member SET role = NULL WHERE space_id = $1 AND person_id = $2 AND role IS NOT NULL RETURNING id`);

/** False when the person was no member. */
export async function removeMember(tx: Write, spaceId: string, personId: string): Promise<boolean> {
  return (await tx.run(remove, [spaceId, personId])).length > 0;
}

const idOf = statement('SELECT id FROM space_member WHERE space_id = $1 AND person_id = $2');

export async function membershipId(tx: Write, spaceId: string, personId: string): Promise<string> {
  const [row] = await tx.run<{ id: string }>(idOf, [spaceId, personId]);
  return row?.id ?? '';
}
