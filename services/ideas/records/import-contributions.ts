import { statement } from '#kernel/database/statement.js';
import type { ReadyRecord, RecordProblemFound, RecordWriter } from '#kernel/records/import-records.js';
import type { ContributionRecord } from '#kernel/records/record-format.js';
import { resultsOf } from '#kernel/records/upsert-result.js';
import type { Write } from '#kernel/write/write.js';

const upsert = statement(`
  INSERT INTO contribution AS c (id, idea_id, author_id, type, body, reply_to_id, created_at, updated_at)
  SELECT *, n.at FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
    AS n(id, idea_id, author_id, type, body, reply_to_id, at)
  ON CONFLICT (id) DO UPDATE SET idea_id = excluded.idea_id, author_id = excluded.author_id, type = excluded.type, body = excluded.body,
    reply_to_id = excluded.reply_to_id, created_at = excluded.created_at, updated_at = $8
  WHERE (c.idea_id, c.author_id, c.type, c.body, c.reply_to_id, c.created_at)
    IS DISTINCT FROM (excluded.idea_id, excluded.author_id, excluded.type, excluded.body, excluded.reply_to_id, excluded.created_at)
  RETURNING id, xmax = 0 AS created`);

// Counted again instead of added up: a changed record may have moved from one idea to another.
const recount = statement(`
  UPDATE idea i SET contribution_count = n.count, updated_at = greatest(i.updated_at, n.latest)
  FROM (SELECT asked.id, count(c.id)::integer AS count, max(c.created_at) AS latest
        FROM (SELECT DISTINCT unnest($1::text[])) AS asked(id) LEFT JOIN contribution c ON c.idea_id = asked.id GROUP BY asked.id) n
  WHERE i.id = n.id`);
const ideasOf = statement('SELECT id, idea_id AS "ideaId" FROM contribution WHERE id = ANY($1::text[])');

interface IdeaFacts {
  readonly id: string;
  readonly spaceId: string;
  readonly challengeId: string | null;
  readonly authorIds: string[];
}

export const ideaFacts = statement(`
  SELECT id, space_id AS "spaceId", challenge_id AS "challengeId", author_ids AS "authorIds" FROM idea WHERE id = ANY($1::text[])`);
const authorsOf = statement('SELECT id, author_id AS "authorId" FROM contribution WHERE id = ANY($1::text[])');

export const contributionWriter: RecordWriter<ContributionRecord> = {
  kind: 'contribution',
  idKind: 'Contribution',
  async refuse(tx, rows) {
    const targets = rows.flatMap((row) => replyToOf(row) ?? []);
    if (targets.length === 0) return new Map();
    const kept = (await tx.run<IdeaOf>(ideasOf, [targets])).map(({ id, ideaId }) => [id, ideaId] as const);
    const ideaOfTarget = new Map([...kept, ...rows.map((row) => [row.id, ideaOf(row)] as const)]);
    const strays = rows.flatMap((row, place) => {
      const target = replyToOf(row);
      return target === null || ideaOfTarget.get(target) === ideaOf(row) ? [] : [[place, strayReply(row)] as const];
    });
    return new Map(strays);
  },
  async write(tx, rows) {
    const before = rows.some(({ isNew }) => !isNew) ? await tx.run<IdeaOf>(ideasOf, [rows.map(({ id }) => id)]) : [];
    const changed = await tx.run<{ id: string; created: boolean }>(upsert, valuesOf(rows));
    const results = resultsOf(rows, changed);
    const touched = rows.filter((_, place) => results[place] !== 'UNCHANGED');
    if (touched.length === 0) return results;
    await tx.run(recount, [[...before.map(({ ideaId }) => ideaId), ...touched.map(ideaOf)]]);
    await appendEvents(tx, rows, results);
    return results;
  },
};

interface IdeaOf {
  readonly id: string;
  readonly ideaId: string;
}

function strayReply({ record }: ReadyRecord<ContributionRecord>): RecordProblemFound {
  const reason = `names the contribution "${record.replyTo}" to another idea; an answer belongs to the idea of what it answers`;
  return { field: 'replyTo', reason };
}

function valuesOf(rows: readonly ReadyRecord<ContributionRecord>[]): unknown[] {
  return [
    rows.map(({ id }) => id),
    rows.map(ideaOf),
    rows.map(({ record, idOf }) => idOf('person', record.author)),
    rows.map(({ record }) => record.type),
    rows.map(({ record }) => record.body ?? ''),
    rows.map(replyToOf),
    rows.map(({ record }) => record.at),
    new Date(),
  ];
}

function ideaOf({ record, idOf }: ReadyRecord<ContributionRecord>): string {
  return idOf('idea', record.idea);
}

function replyToOf({ record, idOf }: ReadyRecord<ContributionRecord>): string | null {
  return record.replyTo === undefined ? null : idOf('contribution', record.replyTo);
}

async function appendEvents(
  tx: Write,
  rows: readonly ReadyRecord<ContributionRecord>[],
  results: readonly string[],
): Promise<void> {
  const facts = new Map((await tx.run<IdeaFacts>(ideaFacts, [rows.map(ideaOf)])).map((row) => [row.id, row]));
  const answered = rows.flatMap((row) => replyToOf(row) ?? []);
  const authors = answered.length === 0 ? [] : await tx.run<{ id: string; authorId: string }>(authorsOf, [answered]);
  const authorOf = new Map(authors.map((row) => [row.id, row.authorId]));
  rows.forEach((row, place) => {
    const idea = facts.get(ideaOf(row));
    if (!idea || results[place] === 'UNCHANGED') return;
    const event = { subject: row.id, space: idea.spaceId, actor: row.idOf('person', row.record.author) };
    const { type, at } = row.record;
    if (results[place] === 'UPDATED')
      tx.append({ ...event, type: 'ideas.contribution.revised', data: { idea: idea.id, type } });
    else {
      const replyTo = replyToOf(row);
      const repliedTo = replyTo === null ? null : (authorOf.get(replyTo) ?? null);
      const data = {
        idea: idea.id,
        type,
        challenge: idea.challengeId,
        replyTo,
        repliedTo,
        ideaAuthors: idea.authorIds,
      };
      tx.append({ ...event, time: at, type: 'ideas.contribution.added', data });
    }
  });
}
