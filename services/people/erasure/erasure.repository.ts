import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database, DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { type Erasure, type ErasureReceipt, erasingServices } from './erasure.entity.js';
import { visibleErasure } from './erasure.policy.js';

export const erasureColumns = 'e.id, e.person_id AS "personId", e.asked_at AS "askedAt"';

const latest: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'e.asked_at', type: 'timestamptz' },
    { sql: 'e.id', type: 'text' },
  ],
};
const allErasures: List = { name: 'erasures', from: 'erasure e', columns: erasureColumns };

const incomplete = condition(
  `(SELECT count(*) FROM erasure_receipt r WHERE r.erasure_id = e.id) < ${erasingServices.length}`,
);

/** `pendingOnly`: those that not every service has done yet. */
export function selectErasures(viewer: Viewer, pendingOnly: boolean): Selection {
  const pending = pendingOnly ? [incomplete] : [];
  return { list: allErasures, order: latest, where: [visibleErasure(viewer), ...pending] };
}

const insert = statement('INSERT INTO erasure (id, person_id, asked_at) VALUES ($1, $2, $3)');

export async function insertErasure(tx: DatabaseTransaction, { id, personId, askedAt }: Erasure): Promise<void> {
  await tx.run(insert, [id, personId, askedAt]);
}

const receive = statement(`
  INSERT INTO erasure_receipt (erasure_id, service, completed_at) SELECT id, $2, $3 FROM erasure WHERE id = $1
  ON CONFLICT DO NOTHING`);

/** Keeps the first word of a service. */
export async function insertReceipt(tx: DatabaseTransaction, receipt: ErasureReceipt): Promise<void> {
  await tx.run(receive, [receipt.erasureId, receipt.service, receipt.completedAt]);
}

const receipts = statement(`
  SELECT erasure_id AS "erasureId", service, completed_at AS "completedAt" FROM erasure_receipt
  WHERE erasure_id = ANY($1::text[]) ORDER BY completed_at, service`);

export function receiptsOf(database: Database, erasureIds: readonly string[]): Promise<ErasureReceipt[]> {
  return database.read<ErasureReceipt>(receipts, [erasureIds]);
}

const otherAdministrator = statement('SELECT id FROM person WHERE administrator AND id <> $1 LIMIT 1');

export async function hasOtherAdministrator(tx: DatabaseTransaction, personId: string): Promise<boolean> {
  return (await tx.run(otherAdministrator, [personId])).length > 0;
}

const spaces = statement(
  'SELECT space_id AS id FROM space_member WHERE person_id = $1 AND role IS NOT NULL ORDER BY space_id',
);
const teams = statement(`
  SELECT m.id, m.team_id AS team, t.organization_id AS organization FROM membership m JOIN team t ON t.id = m.team_id
  WHERE m.person_id = $1 AND m.ended_at IS NULL ORDER BY m.id`);
const tokens = statement('SELECT id FROM access_token WHERE person_id = $1 AND revoked_at IS NULL ORDER BY id');

/** What others follow of a person: it ends before it goes. */
export interface Involvement {
  readonly spaceIds: readonly string[];
  readonly memberships: readonly { readonly id: string; readonly team: string; readonly organization: string | null }[];
  readonly tokenIds: readonly string[];
}

export async function involvementOf(tx: DatabaseTransaction, personId: string): Promise<Involvement> {
  return {
    spaceIds: (await tx.run<{ id: string }>(spaces, [personId])).map(({ id }) => id),
    memberships: await tx.run<Involvement['memberships'][number]>(teams, [personId]),
    tokenIds: (await tx.run<{ id: string }>(tokens, [personId])).map(({ id }) => id),
  };
}

/** The spaces whose members an erasure changes, to take turns with others who change them. */
export async function spacesOf(database: Database, personId: string): Promise<string[]> {
  return (await database.read<{ id: string }>(spaces, [personId])).map(({ id }) => id);
}
