import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import { statement } from '#kernel/database/statement.js';
import type { ExportedRecord } from '#kernel/graphql/records.type.js';
import { kindOfId } from '#kernel/ids/id.js';
import type { RecordKind } from '#kernel/records/record-kind.js';
import { refsOf } from '#kernel/records/reference-store.js';
import type { PeopleContext } from '../people-context.js';

export interface ExportKey {
  readonly id: string;
}

/** What a source brought, in the order in which it can be imported again; an index follows this very expression. */
const step = `array_position('{organization,team,person,space}'::text[], r.kind)`;

export function selectSourcePeople(source: string): Selection {
  return {
    list: { name: 'sourcePeople', from: 'record_reference r', columns: 'r.id' },
    order: {
      name: 'EXPORT',
      direction: 'ASC',
      terms: [
        { sql: step, type: 'integer' },
        { sql: 'r.id', type: 'text' },
      ],
    },
    where: [condition('r.source = ?', source)],
  };
}

export function selectInteractions(source: string): Selection {
  return {
    list: { name: 'interactionRecords', from: 'interaction i', columns: 'i.id' },
    order: { name: 'EXPORT', direction: 'ASC', terms: [{ sql: 'i.id', type: 'text' }] },
    where: [condition('i.source = ?', source)],
  };
}

/** A record has no room for more entries of one list. */
const maxEntries = 1_000;

const rows = {
  Organization: statement(`
    SELECT id, 'organization' AS kind, name, relation, domains FROM organization WHERE id = ANY($1::text[])`),
  Team: statement(`
    SELECT id, 'team' AS kind, name, organization_id AS organization, parent_id AS parent, purpose
    FROM team WHERE id = ANY($1::text[])`),
  Person: statement(`
    SELECT id, 'person' AS kind, name, handle, organization_id AS organization,
      ARRAY(SELECT team_id FROM membership m WHERE m.person_id = p.id AND m.ended_at IS NULL ORDER BY 1 LIMIT ${maxEntries}) AS teams,
      party,
      (SELECT jsonb_object_agg(dimension, value ORDER BY dimension) FROM perspective v WHERE v.person_id = p.id) AS perspectives,
      skills, created_at AS at
    FROM person p WHERE id = ANY($1::text[])`),
  // Records know authors that are people: elsewhere, where the program is not, somebody stands for it who is called like it.
  ApiClient: statement(`
    SELECT id, 'person' AS kind, name || ' (program)' AS name, organization_id AS organization, created_at AS at
    FROM api_client WHERE id = ANY($1::text[])`),
  Space: statement(`
    SELECT id, 'space' AS kind, name, visibility, owners,
      ARRAY(SELECT person_id FROM space_member m WHERE m.space_id = s.id AND m.role IS NOT NULL ORDER BY 1 LIMIT ${maxEntries}) AS members,
      purpose
    FROM space s WHERE id = ANY($1::text[])`),
  Interaction: statement(`
    SELECT id, 'interaction' AS kind, from_id AS "from", to_id AS "to", at, type, weight
    FROM interaction WHERE id = ANY($1::text[])`),
} as const;

type ExportedKind = keyof typeof rows;
type Row = { readonly id: string; readonly kind: RecordKind } & Readonly<Record<string, unknown>>;

/** The records of these ids, in their order; null for what is not there. */
export async function exportRecords(
  ctx: PeopleContext,
  source: string | null,
  ids: readonly string[],
): Promise<(ExportedRecord | null)[]> {
  const kinds = Object.keys(rows) as ExportedKind[];
  const found = await Promise.all(
    kinds.map((kind) => {
      const wanted = ids.filter((id) => kindOfId(id) === kind);
      return wanted.length === 0 ? [] : ctx.db.read<Row>(rows[kind], [wanted]);
    }),
  );
  const byId = new Map(found.flat().map((row) => [row.id, row]));
  const refOf = await refsOf({ run: ctx.db.read }, source, [...byId.values()].flatMap(namedIds));
  return ids.map((id) => {
    const row = byId.get(id);
    return row ? { id, record: toRecord(row, refOf) } : null;
  });
}

/** Fields that name rows of this service. */
const references: readonly string[] = ['organization', 'parent', 'teams', 'owners', 'members', 'from', 'to'];

function namedIds(row: Row): string[] {
  return [row.id, ...references.flatMap((field) => row[field] ?? []).map(String)];
}

function toRecord({ id, kind, ...fields }: Row, refOf: (id: string) => string): object {
  const record: Record<string, unknown> = kind === 'interaction' ? { kind } : { kind, ref: refOf(id) };
  for (const [field, value] of Object.entries(fields)) {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    record[field] = references.includes(field) ? toRefs(field, value, refOf) : value;
  }
  return record;
}

/** Fields whose order means nothing: by ref they come out the same whatever order this hub met them in. */
const unordered: readonly string[] = ['teams', 'members'];

function toRefs(field: string, value: unknown, refOf: (id: string) => string): unknown {
  if (!Array.isArray(value)) return refOf(String(value));
  const refs = value.map((id) => refOf(String(id)));
  return unordered.includes(field) ? refs.sort() : refs;
}
