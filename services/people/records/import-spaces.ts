import { statement } from '#kernel/database/statement.js';
import type { SpaceRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordProblemFound, RecordWriter } from '#kernel/records/record-writer.js';
import { resultsOf } from '#kernel/records/upsert-result.js';
import { takeTurns, type Write } from '#kernel/write/write.js';
import type { PeopleContext } from '../people-context.js';
import { refreshSharing } from '../sharing-agreement/space-sharing.js';
import { replaceSpaceMembers } from './import-space-members.js';

const upsert = statement(`
  INSERT INTO space AS s (id, name, purpose, visibility, owners, created_at, updated_at)
  SELECT n.id, n.name, n.purpose, n.visibility, ARRAY(SELECT jsonb_array_elements_text(n.owners)), $6::timestamptz, $6::timestamptz
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) AS n(id, name, purpose, visibility, owners)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, purpose = excluded.purpose, visibility = excluded.visibility,
    owners = excluded.owners, updated_at = excluded.updated_at
  WHERE (s.name, s.purpose, s.visibility, s.owners)
    IS DISTINCT FROM (excluded.name, excluded.purpose, excluded.visibility, excluded.owners)
  RETURNING id, xmax = 0 AS created`);

export function spaceWriter(ctx: PeopleContext): RecordWriter<SpaceRecord> {
  return {
    kind: 'space',
    idKind: 'Space',
    refuse: takeTurnsAndRefuseOwnerless,
    async write(tx, rows) {
      const changed = await tx.run<{ id: string; created: boolean }>(upsert, [
        rows.map(({ id }) => id),
        rows.map(({ record }) => record.name),
        rows.map(({ record }) => record.purpose ?? ''),
        rows.map(({ record }) => record.visibility),
        rows.map((row) => JSON.stringify(ownersOf(row))),
        ctx.now(),
      ]);
      const results = resultsOf(rows, changed);
      rows.forEach((row, place) => {
        const event = { subject: row.id, space: row.id, actor: null };
        const facts = { visibility: row.record.visibility, owners: ownersOf(row) };
        if (results[place] === 'CREATED') tx.append({ ...event, type: 'people.space.opened', data: facts });
        if (results[place] === 'UPDATED') {
          tx.append({ ...event, type: 'people.space.revised', data: { changed: ['import'], ...facts } });
        }
      });
      await refreshSharing(
        tx,
        changed.flatMap(({ id, created }) => (created ? [] : [id])),
      );
      const regrouped = await replaceSpaceMembers(ctx, tx, rows);
      return results.map((result, place) =>
        result === 'UNCHANGED' && regrouped.has(rows[place]?.id ?? '') ? 'UPDATED' : result,
      );
    },
  };
}

type Row = ReadyRecord<SpaceRecord>;

/** This comes before anything is written, so it is the place to take turns with those who change the same spaces by hand. */
async function takeTurnsAndRefuseOwnerless(tx: Write, rows: readonly Row[]): Promise<Map<number, RecordProblemFound>> {
  await takeTurns(
    tx,
    rows.flatMap(({ id, isNew }) => (isNew ? [] : [id])),
  );
  const reason = 'a space for the people of its owners needs at least one; name an organization';
  return new Map(
    rows.flatMap((row, place) =>
      row.record.visibility === 'organization' && ownersOf(row).length === 0
        ? [[place, { field: 'owners', reason }]]
        : [],
    ),
  );
}

function ownersOf({ record, idOf }: Row): string[] {
  return (record.owners ?? []).map((ref) => idOf('organization', ref));
}
