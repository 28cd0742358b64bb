import { statement } from '#kernel/database/statement.js';
import type { ReadyRecord, RecordWriter } from '#kernel/records/import-records.js';
import type { EndorsementRecord } from '#kernel/records/record-format.js';
import { ideaFacts } from './import-contributions.js';

/**
 * The latest word of a person on an idea holds; saying the same again changes nothing. So a file may repeat itself, and may be
 * imported a second time or out of order, without anything being counted twice or an old word undoing a newer one.
 */
const upsert = statement(`
  INSERT INTO endorsement AS e (id, idea_id, person_id, active, changed_at, said_at)
  SELECT *, n.at FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[]) AS n(id, idea_id, person_id, active, at)
  ON CONFLICT (idea_id, person_id) DO UPDATE SET active = excluded.active, said_at = excluded.said_at,
    changed_at = CASE WHEN e.active = excluded.active THEN e.changed_at ELSE excluded.changed_at END
  WHERE e.said_at < excluded.said_at
  RETURNING idea_id AS "ideaId", person_id AS "personId", xmax = 0 AS created, changed_at = said_at AS changed`);

const recount = statement(`
  UPDATE idea i SET endorsement_count = n.count, updated_at = greatest(i.updated_at, n.latest)
  FROM (SELECT asked.id, count(e.id)::integer AS count, max(e.changed_at) AS latest
        FROM unnest($1::text[]) AS asked(id) LEFT JOIN endorsement e ON e.idea_id = asked.id AND e.active GROUP BY asked.id) n
  WHERE i.id = n.id`);

export const endorsementWriter: RecordWriter<EndorsementRecord> = {
  kind: 'endorsement',
  idKind: 'Endorsement',
  identity: (record) => `${record.idea}\n${record.person}`,
  async write(tx, rows) {
    const changed = (await tx.run<Upserted>(upsert, valuesOf(rows))).filter((row) => row.changed);
    if (changed.length === 0) return rows.map(() => 'UNCHANGED');
    const touched = [...new Set(changed.map((row) => row.ideaId))];
    await tx.run(recount, [touched]);
    const facts = new Map(
      (await tx.run<{ id: string; spaceId: string; authorIds: string[] }>(ideaFacts, [touched])).map((row) => [
        row.id,
        row,
      ]),
    );
    const created = new Map(changed.map((row) => [`${row.ideaId} ${row.personId}`, row.created]));
    return rows.map((row) => {
      const [idea, person] = pairOf(row);
      const isNew = created.get(`${idea} ${person}`);
      if (isNew === undefined) return 'UNCHANGED';
      const event = { subject: idea, space: facts.get(idea)?.spaceId ?? null, time: row.record.at, actor: person };
      const ideaAuthors = facts.get(idea)?.authorIds ?? [];
      if (isActive(row)) tx.append({ ...event, type: 'ideas.idea.endorsed', data: { person, ideaAuthors } });
      else if (!isNew) tx.append({ ...event, type: 'ideas.idea.endorsementWithdrawn', data: { person } });
      return isNew ? 'CREATED' : 'UPDATED';
    });
  },
};

interface Upserted {
  readonly ideaId: string;
  readonly personId: string;
  readonly created: boolean;
  /** False when the person only said the same again, later. */
  readonly changed: boolean;
}

function valuesOf(rows: readonly ReadyRecord<EndorsementRecord>[]): unknown[] {
  return [
    rows.map(({ id }) => id),
    rows.map((row) => pairOf(row)[0]),
    rows.map((row) => pairOf(row)[1]),
    rows.map(isActive),
    rows.map(({ record }) => record.at),
  ];
}

function pairOf({ record, idOf }: ReadyRecord<EndorsementRecord>): readonly [idea: string, person: string] {
  return [idOf('idea', record.idea), idOf('person', record.person)];
}

function isActive({ record }: ReadyRecord<EndorsementRecord>): boolean {
  return record.value !== 0;
}
