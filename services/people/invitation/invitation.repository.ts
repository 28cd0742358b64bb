import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { Invitation, type InvitationStanding, type InvitationState } from './invitation.entity.js';
import { visibleInvitation } from './invitation.policy.js';

/** With the name of the space, which who is invited may know before the space exists for them. */
export interface InvitationRow extends Invitation {
  readonly spaceName: string;
}

export const invitationColumns = `${selectList(Invitation, 'i')}, s.name AS "spaceName"`;
export const invitationTables = 'invitation i JOIN space s ON s.id = i.space_id';

export interface InvitationFilter {
  readonly space?: string | null;
  readonly person?: string | null;
  readonly states?: readonly InvitationState[] | null;
}

const latest: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'i.created_at', type: 'timestamptz' },
    { sql: 'i.id', type: 'text' },
  ],
};
const allInvitations: List = { name: 'invitations', from: invitationTables, columns: invitationColumns };

export function selectInvitations(viewer: Viewer, filter: InvitationFilter, now: Date): Selection {
  return { list: allInvitations, order: latest, where: [visibleInvitation(viewer), ...conditionsOf(filter, now)] };
}

function conditionsOf({ space, person, states }: InvitationFilter, now: Date): Condition[] {
  const state = `CASE WHEN i.standing = 'pending' AND i.expires_at <= ?::timestamptz THEN 'expired' ELSE i.standing END`;
  return [
    ...(space ? [condition('i.space_id = ?', space)] : []),
    ...(person ? [condition('i.person_id = ?', person)] : []),
    ...(states ? [condition(`${state} = ANY(?::text[])`, now, states)] : []),
  ];
}

const byHash = statement(`SELECT ${invitationColumns} FROM ${invitationTables} WHERE i.hash = $1`);

/** The invitation of a secret link, whoever asks: to know the link is to be allowed. */
export async function findByHash(database: Database, hash: string): Promise<InvitationRow | null> {
  const [found] = await database.read<InvitationRow>(byHash, [hash]);
  return found ?? null;
}

const insert = statement(`
  INSERT INTO invitation (id, space_id, role, inviter_id, person_id, email, note, hash, standing, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9, $10)`);

export async function insertInvitation(tx: Write, invitation: Invitation, hash: string): Promise<void> {
  const { id, spaceId, role, inviterId, personId, email, note, createdAt, expiresAt } = invitation;
  await tx.run(insert, [id, spaceId, role, inviterId, personId, email, note, hash, createdAt, expiresAt]);
}

const pending = statement(`
  SELECT count(*)::integer AS count FROM invitation WHERE space_id = $1 AND standing = 'pending' AND expires_at > $2`);

export async function countPending(tx: Write, spaceId: string, now: Date): Promise<number> {
  const [row] = await tx.run<{ count: number }>(pending, [spaceId, now]);
  return row?.count ?? 0;
}

const hold = statement('SELECT standing, expires_at AS "expiresAt" FROM invitation WHERE id = $1 FOR UPDATE');
const settle = statement(`
  UPDATE invitation SET standing = $2, settled_at = $3, person_id = coalesce($4, person_id) WHERE id = $1`);

/** How it stands, held until the end of the transaction. */
export async function holdStanding(
  tx: Write,
  id: string,
): Promise<Pick<Invitation, 'standing' | 'expiresAt'> | undefined> {
  const [row] = await tx.run<Pick<Invitation, 'standing' | 'expiresAt'>>(hold, [id]);
  return row;
}

export async function settleInvitation(
  tx: Write,
  id: string,
  standing: Exclude<InvitationStanding, 'pending'>,
  at: Date,
  personId: string | null,
): Promise<void> {
  await tx.run(settle, [id, standing, at, personId]);
}
