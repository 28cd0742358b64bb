import type { Database } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';

/** So many people speak for one organisation at most. */
export const maxAdministrators = 100;

// Who left the organisation no longer counts, though the row stays: nobody has to think of it when people move.
const ofOrganizations = statement(`
  SELECT a.organization_id AS "organizationId", a.person_id AS "personId"
  FROM organization_administrator a JOIN person p ON p.id = a.person_id AND p.organization_id = a.organization_id
  WHERE a.organization_id = ANY($1::text[]) ORDER BY a.appointed_at, a.person_id`);

/** Ids of those who speak for each of these organisations, the longest first. */
export async function administratorsOf(
  database: Database,
  organizationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await database.read<{ organizationId: string; personId: string }>(ofOrganizations, [organizationIds]);
  const found = new Map<string, string[]>(organizationIds.map((id) => [id, []]));
  for (const row of rows) found.get(row.organizationId)?.push(row.personId);
  return found;
}

const appoint = statement(`
  INSERT INTO organization_administrator (organization_id, person_id, appointed_at) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING RETURNING person_id`);
const count = statement('SELECT count(*)::integer AS count FROM organization_administrator WHERE organization_id = $1');
const dismiss = statement(
  'DELETE FROM organization_administrator WHERE organization_id = $1 AND person_id = $2 RETURNING person_id',
);

/** False when the person speaks for the organisation already. */
export async function insertAdministrator(
  tx: Write,
  organizationId: string,
  personId: string,
  at: Date,
): Promise<boolean> {
  return (await tx.run(appoint, [organizationId, personId, at])).length > 0;
}

export async function countAdministrators(tx: Write, organizationId: string): Promise<number> {
  const [row] = await tx.run<{ count: number }>(count, [organizationId]);
  return row?.count ?? 0;
}

/** False when the person did not speak for it. */
export async function deleteAdministrator(tx: Write, organizationId: string, personId: string): Promise<boolean> {
  return (await tx.run(dismiss, [organizationId, personId])).length > 0;
}
