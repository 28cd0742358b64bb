import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import { statement } from '#kernel/database/statement.js';
import type { ExportedRecord } from '#kernel/graphql/records.type.js';
import { refsOf } from '#kernel/records/reference-store.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { IdeasContext } from '../ideas-context.js';

/** A place in the export: which kind (in the order in which they can be imported) and which row. */
export interface ExportKey {
  readonly step: 1 | 2 | 3 | 4;
  readonly id: string;
}

/**
 * Everything of a space in this service that is not hidden; within a kind in the order of ids, which is that of creation. An
 * import would show again what a moderator hid, so that stays here.
 */
export function selectExport(viewer: Viewer, spaceId: string): Selection {
  return {
    list: {
      name: 'ideaRecords',
      columns: 'r.step, r.id',
      from: condition(
        `(SELECT 1 AS step, id FROM challenge WHERE space_id = ? AND hidden_at IS NULL
          UNION ALL SELECT 2, id FROM idea WHERE space_id = ? AND hidden_at IS NULL
          UNION ALL SELECT 3, c.id FROM contribution c JOIN idea i ON i.id = c.idea_id WHERE i.space_id = ? AND i.hidden_at IS NULL AND c.hidden_at IS NULL
          UNION ALL SELECT 4, e.id FROM endorsement e JOIN idea i ON i.id = e.idea_id WHERE i.space_id = ? AND i.hidden_at IS NULL) r`,
        spaceId,
        spaceId,
        spaceId,
        spaceId,
      ),
    },
    order: {
      name: 'EXPORT',
      direction: 'ASC',
      terms: [
        { sql: 'r.step', type: 'integer' },
        { sql: 'r.id', type: 'text' },
      ],
    },
    where: [visibleSpaceId(viewer, spaceId)],
  };
}

function visibleSpaceId(viewer: Viewer, spaceId: string) {
  const { text, values } = visibleSpace(viewer, 'given.id');
  return { text: `EXISTS (SELECT 1 FROM (SELECT ?::text AS id) given WHERE ${text})`, values: [spaceId, ...values] };
}

const rows = {
  1: statement(`SELECT id, 'challenge' AS kind, space_id AS space, title, body, author_id AS author, created_at AS at, closes_at AS "closesAt"
    FROM challenge WHERE id = ANY($1::text[])`),
  2: statement(`SELECT id, 'idea' AS kind, space_id AS space, title, body, author_ids AS authors, team_id AS team, participating_team_ids AS "participatingTeams",
    (SELECT h.id FROM challenge h WHERE h.id = idea.challenge_id AND h.hidden_at IS NULL) AS challenge, stage, tags, ARRAY(SELECT builds_on_id FROM idea_link l JOIN idea b ON b.id = l.builds_on_id
      WHERE l.idea_id = idea.id AND b.hidden_at IS NULL ORDER BY 1) AS "buildsOn", created_at AS at
    FROM idea WHERE id = ANY($1::text[])`),
  3: statement(`SELECT id, 'contribution' AS kind, idea_id AS idea, author_id AS author, type, body,
    (SELECT r.id FROM contribution r WHERE r.id = contribution.reply_to_id AND r.hidden_at IS NULL) AS "replyTo", created_at AS at
    FROM contribution WHERE id = ANY($1::text[])`),
  4: statement(`SELECT id, 'endorsement' AS kind, idea_id AS idea, person_id AS person, changed_at AS at, active::integer AS value
    FROM endorsement WHERE id = ANY($1::text[])`),
} as const;

/** Fields that name rows of this service, which are exported by their refs; others name people, teams and spaces by id. */
const ownFields = ['challenge', 'idea', 'replyTo', 'buildsOn'];

type Row = { id: string; kind: string } & Record<string, unknown>;

/** The records at these places, in their order. */
export async function exportRecords(
  ctx: IdeasContext,
  source: string | null,
  keys: readonly ExportKey[],
): Promise<ExportedRecord[]> {
  const steps = [1, 2, 3, 4] as const;
  const found = await Promise.all(
    steps.map((step) => {
      const ids = keys.filter((key) => key.step === step).map(({ id }) => id);
      return ids.length === 0 ? [] : ctx.db.read<Row>(rows[step], [ids]);
    }),
  );
  const byId = new Map(found.flat().map((row) => [row.id, row]));
  const refOf = await refsOf({ run: ctx.db.read }, source, [...byId.values()].flatMap(ownIds));
  return keys.flatMap(({ id }) => {
    const row = byId.get(id);
    return row ? [{ id, record: toRecord(row, refOf) }] : [];
  });
}

function ownIds(row: Row): string[] {
  return [row.id, ...ownFields.flatMap((field) => row[field] ?? []).map(String)];
}

function toRecord({ id, kind, ...fields }: Row, refOf: (id: string) => string): object {
  const record: Record<string, unknown> = kind === 'endorsement' ? { kind } : { kind, ref: refOf(id) };
  for (const [field, value] of Object.entries(fields)) {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    if (kind === 'endorsement' && field === 'value' && value === 1) continue;
    record[field] = ownFields.includes(field) ? translate(value, refOf) : value;
  }
  return record;
}

function translate(value: unknown, refOf: (id: string) => string): unknown {
  return Array.isArray(value) ? value.map((id) => refOf(String(id))) : refOf(String(value));
}
