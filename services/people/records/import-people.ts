import { statement } from '#kernel/database/statement.js';
import type { PersonRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordProblemFound, RecordWriter } from '#kernel/records/record-writer.js';
import { resultsOf } from '#kernel/records/upsert-result.js';
import type { Write } from '#kernel/write/write.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { replaceMemberships } from './import-memberships.js';
import { replacePerspectives } from './import-perspectives.js';

// What people also say of themselves in the hub (handle, skills) stays where a record does not speak of it, and so does a party
// that an administrator gave, as long as the organisation it would follow from is the same.
const upsert = statement(`
  INSERT INTO person AS p (id, name, handle, party, organization_id, skills, administrator, created_at, updated_at)
  SELECT n.id, n.name, coalesce(n.handle, e.handle),
    CASE WHEN n.party IS NULL AND e.organization_id IS NOT DISTINCT FROM n.organization_id AND e.id IS NOT NULL THEN e.party
      ELSE coalesce(n.party, CASE o.relation WHEN 'host' THEN 'internal' ELSE o.relation END, 'public') END,
    n.organization_id,
    CASE WHEN n.skills IS NULL THEN coalesce(e.skills, '{}') ELSE ARRAY(SELECT jsonb_array_elements_text(n.skills)) END,
    false, coalesce(n.at, e.created_at, $8), $8::timestamptz
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[])
    AS n(id, name, handle, party, organization_id, skills, at)
  LEFT JOIN person e ON e.id = n.id LEFT JOIN organization o ON o.id = n.organization_id
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, handle = excluded.handle, party = excluded.party,
    organization_id = excluded.organization_id, skills = excluded.skills, created_at = excluded.created_at,
    updated_at = excluded.updated_at
  WHERE (p.name, p.handle, p.party, p.organization_id, p.skills, p.created_at) IS DISTINCT FROM
    (excluded.name, excluded.handle, excluded.party, excluded.organization_id, excluded.skills, excluded.created_at)
  RETURNING id, party, organization_id AS "organizationId", xmax = 0 AS created`);

interface Changed extends Pick<Person, 'id' | 'party' | 'organizationId'> {
  readonly created: boolean;
}

export function personWriter(ctx: PeopleContext): RecordWriter<PersonRecord> {
  return {
    kind: 'person',
    idKind: 'Person',
    refuse: refuseTakenHandles,
    async write(tx, rows) {
      const changed = await tx.run<Changed>(upsert, valuesOf(ctx, rows));
      appendEvents(tx, rows, changed);
      const moved = await replaceMemberships(ctx, tx, rows);
      const redeclared = await replacePerspectives(ctx, tx, rows);
      return resultsOf(rows, changed).map((result, place) => {
        const id = rows[place]?.id ?? '';
        return result === 'UNCHANGED' && (moved.has(id) || redeclared.has(id)) ? 'UPDATED' : result;
      });
    },
  };
}

function valuesOf(ctx: PeopleContext, rows: readonly ReadyRecord<PersonRecord>[]): unknown[] {
  return [
    rows.map(({ id }) => id),
    rows.map(({ record }) => record.name),
    rows.map(({ record }) => record.handle ?? null),
    rows.map(({ record }) => record.party ?? null),
    rows.map(({ record, idOf }) =>
      record.organization === undefined ? null : idOf('organization', record.organization),
    ),
    rows.map(({ record }) => (record.skills === undefined ? null : JSON.stringify(record.skills))),
    rows.map(({ record }) => record.at ?? null),
    ctx.now(),
  ];
}

function appendEvents(tx: Write, rows: readonly ReadyRecord<PersonRecord>[], changed: readonly Changed[]): void {
  const recordOf = new Map(rows.map(({ id, record }) => [id, record]));
  for (const { id, party, organizationId: organization, created } of changed) {
    const time = recordOf.get(id)?.at;
    if (!created) {
      const data = { changed: ['import'], organization };
      tx.append({ type: 'people.person.revised', subject: id, actor: null, data });
      continue;
    }
    const event = {
      type: 'people.person.registered',
      subject: id,
      actor: null,
      data: { organization, party },
    } as const;
    tx.append(time ? { ...event, time } : event);
  }
}

const holders = statement(`
  SELECT id, lower(handle) AS handle FROM person
  WHERE lower(handle) = ANY(SELECT lower(wanted) FROM unnest($1::text[]) AS wanted)`);
const lowerCase = statement(
  'SELECT lower(wanted) AS handle FROM unnest($1::text[]) WITH ORDINALITY AS w(wanted, place) ORDER BY place',
);

/** The database tells what is lower case, since its index decides what is taken. */
async function refuseTakenHandles(
  tx: Write,
  rows: readonly ReadyRecord<PersonRecord>[],
): Promise<Map<number, RecordProblemFound>> {
  const problems = new Map<number, RecordProblemFound>();
  const wanted = rows.flatMap(({ id, record: { handle } }, place) =>
    handle === undefined ? [] : [{ id, handle, place }],
  );
  if (wanted.length === 0) return problems;
  const handles = wanted.map(({ handle }) => handle);
  const keys = await tx.run<{ handle: string }>(lowerCase, [handles]);
  const taken = await tx.run<{ id: string; handle: string }>(holders, [handles]);
  const holderOf = new Map(taken.map((row) => [row.handle, row.id]));
  wanted.forEach(({ id, handle, place }, index) => {
    const key = keys[index]?.handle ?? '';
    const holder = holderOf.get(key) ?? id;
    if (holder === id) holderOf.set(key, id);
    else
      problems.set(place, {
        field: 'handle',
        reason: `"${handle}" belongs to somebody else; give another one or none`,
      });
  });
  return problems;
}
