import { statement } from '#kernel/database/statement.js';
import type { EndorsementRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordWriter } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import { countEndorsements, type IdeaChange, type IdeaFacts } from './idea-counts.js';

type Ready = ReadyRecord<EndorsementRecord>;

interface WrittenEndorsement {
  readonly ideaId: string;
  readonly personId: string;
  readonly active: boolean;
  readonly changedAt: Date;
  readonly created: boolean;
  /** False when the person only said the same again, later. */
  readonly changed: boolean;
}

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
  RETURNING idea_id AS "ideaId", person_id AS "personId", active, changed_at AS "changedAt", xmax = 0 AS created,
    changed_at = said_at AS changed`);

export const endorsementWriter: RecordWriter<EndorsementRecord> = {
  kind: 'endorsement',
  idKind: 'Endorsement',
  identity: (record) => `${record.idea}\n${record.person}`,
  async write(tx, rows) {
    const written = (await tx.run<WrittenEndorsement>(upsert, valuesOf(rows))).filter(({ changed }) => changed);
    const ideas = await countEndorsements(tx, written.map(changeOf));
    for (const endorsement of written) appendEvent(tx, endorsement, ideas.get(endorsement.ideaId));
    const created = new Map(written.map((row) => [`${row.ideaId} ${row.personId}`, row.created]));
    return rows.map((row) => {
      const isNew = created.get(pairOf(row).join(' '));
      if (isNew === undefined) return 'UNCHANGED';
      return isNew ? 'CREATED' : 'UPDATED';
    });
  },
};

/** A withdrawal counts only against an endorsement that was there, and is nothing new on the idea. */
function changeOf({ ideaId, active, changedAt, created }: WrittenEndorsement): IdeaChange {
  if (active) return { ideaId, difference: 1, at: changedAt };
  return { ideaId, difference: created ? 0 : -1, at: null };
}

function appendEvent(
  tx: Write,
  { ideaId, personId: person, active, changedAt, created }: WrittenEndorsement,
  idea: IdeaFacts | undefined,
): void {
  const event = { subject: ideaId, space: idea?.spaceId ?? null, time: changedAt, actor: person };
  const ideaAuthors = idea?.authorIds ?? [];
  if (active) tx.append({ ...event, type: 'ideas.idea.endorsed', data: { person, ideaAuthors } });
  else if (!created) tx.append({ ...event, type: 'ideas.idea.endorsementWithdrawn', data: { person } });
}

function valuesOf(rows: readonly Ready[]): unknown[] {
  const pairs = rows.map(pairOf);
  return [
    rows.map(({ id }) => id),
    pairs.map(([idea]) => idea),
    pairs.map(([, person]) => person),
    rows.map(({ record }) => record.value !== 0),
    rows.map(({ record }) => record.at),
  ];
}

function pairOf({ record, idOf }: Ready): readonly [idea: string, person: string] {
  return [idOf('idea', record.idea), idOf('person', record.person)];
}
