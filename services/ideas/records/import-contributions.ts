import { statement } from '#kernel/database/statement.js';
import type { ContributionRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordProblemFound, RecordWriter } from '#kernel/records/record-writer.js';
import type { Write } from '#kernel/write/write.js';
import { countContributions, type IdeaChange, type IdeaFacts } from './idea-counts.js';

type Ready = ReadyRecord<ContributionRecord>;

interface IdeaOf {
  readonly id: string;
  readonly ideaId: string;
}

const ideasOf = statement('SELECT id, idea_id AS "ideaId" FROM contribution WHERE id = ANY($1::text[])');

interface WrittenContribution {
  readonly id: string;
  readonly ideaId: string;
  readonly createdAt: Date;
  readonly created: boolean;
  /** Where it was before; null for a new one. */
  readonly earlierIdeaId: string | null;
}

// The join sees the rows as they were before this statement.
const upsert = statement(`
  WITH written AS (
    INSERT INTO contribution AS c (id, idea_id, author_id, type, body, reply_to_id, created_at, updated_at)
    SELECT *, n.at FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
      AS n(id, idea_id, author_id, type, body, reply_to_id, at)
    ON CONFLICT (id) DO UPDATE SET idea_id = excluded.idea_id, author_id = excluded.author_id, type = excluded.type, body = excluded.body,
      reply_to_id = excluded.reply_to_id, created_at = excluded.created_at, updated_at = $8
    WHERE c.hidden_at IS NULL AND (c.idea_id, c.author_id, c.type, c.body, c.reply_to_id, c.created_at)
      IS DISTINCT FROM (excluded.idea_id, excluded.author_id, excluded.type, excluded.body, excluded.reply_to_id, excluded.created_at)
    RETURNING c.id, c.idea_id, c.created_at
  )
  SELECT w.id, w.idea_id AS "ideaId", w.created_at AS "createdAt", b.id IS NULL AS created, b.idea_id AS "earlierIdeaId"
  FROM written w LEFT JOIN contribution b ON b.id = w.id`);

export const contributionWriter: RecordWriter<ContributionRecord> = {
  kind: 'contribution',
  idKind: 'Contribution',
  async refuse(tx, rows) {
    const targets = rows.flatMap(repliedTo);
    if (targets.length === 0) return new Map();
    const kept = (await tx.run<IdeaOf>(ideasOf, [targets])).map(({ id, ideaId }) => [id, ideaId] as const);
    const ideaOfTarget = new Map([...kept, ...rows.map((row) => [row.id, ideaOf(row)] as const)]);
    const strays = rows.flatMap((row, place) => {
      const [target] = repliedTo(row);
      return target === undefined || ideaOfTarget.get(target) === ideaOf(row)
        ? []
        : [[place, strayReply(row)] as const];
    });
    return new Map(strays);
  },
  async write(tx, rows) {
    const found = await tx.run<WrittenContribution>(upsert, valuesOf(rows));
    const written = new Map(found.map((row) => [row.id, row]));
    const ideas = await countContributions(tx, found.flatMap(changesOf));
    const authors = await authorsOf(tx, rows.filter(({ id }) => written.get(id)?.created).flatMap(repliedTo));
    return rows.map((row) => {
      const contribution = written.get(row.id);
      if (!contribution) return 'UNCHANGED';
      const idea = ideas.get(contribution.ideaId);
      if (!idea) throw new Error(`Idea ${contribution.ideaId} of an imported contribution is not there.`);
      if (contribution.created) appendAdded(tx, row, idea, authors);
      else appendRevised(tx, row, idea);
      return contribution.created ? 'CREATED' : 'UPDATED';
    });
  },
};

function strayReply({ record }: Ready): RecordProblemFound {
  const reason = `names the contribution "${record.replyTo}" to another idea; an answer belongs to the idea of what it answers`;
  return { field: 'replyTo', reason };
}

function valuesOf(rows: readonly Ready[]): unknown[] {
  return [
    rows.map(({ id }) => id),
    rows.map(ideaOf),
    rows.map(authorOf),
    rows.map(({ record }) => record.type),
    rows.map(({ record }) => record.body ?? ''),
    rows.map((row) => repliedTo(row)[0] ?? null),
    rows.map(({ record }) => record.at),
    new Date(),
  ];
}

/** A changed record may have moved from one idea to another. */
function changesOf({ ideaId, earlierIdeaId, createdAt: at }: WrittenContribution): IdeaChange[] {
  if (earlierIdeaId === null) return [{ ideaId, difference: 1, at }];
  if (earlierIdeaId === ideaId) return [{ ideaId, difference: 0, at }];
  return [
    { ideaId: earlierIdeaId, difference: -1, at: null },
    { ideaId, difference: 1, at },
  ];
}

const findAuthors = statement('SELECT id, author_id AS "authorId" FROM contribution WHERE id = ANY($1::text[])');

async function authorsOf(tx: Write, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await tx.run<{ id: string; authorId: string }>(findAuthors, [[...new Set(ids)]]);
  return new Map(found.map(({ id, authorId }) => [id, authorId]));
}

function ideaOf({ record, idOf }: Ready): string {
  return idOf('idea', record.idea);
}

function authorOf({ record, idOf }: Ready): string {
  return idOf('person', record.author);
}

/** The contribution it answers, if any. */
function repliedTo({ record, idOf }: Ready): string[] {
  return record.replyTo === undefined ? [] : [idOf('contribution', record.replyTo)];
}

function appendAdded(tx: Write, row: Ready, idea: IdeaFacts, authors: ReadonlyMap<string, string>): void {
  const [replyTo = null] = repliedTo(row);
  tx.append({
    type: 'ideas.contribution.added',
    subject: row.id,
    space: idea.spaceId,
    time: row.record.at,
    actor: authorOf(row),
    data: {
      idea: idea.id,
      type: row.record.type,
      challenge: idea.challengeId,
      replyTo,
      repliedTo: replyTo === null ? null : (authors.get(replyTo) ?? null),
      ideaAuthors: idea.authorIds,
      party: null,
    },
  });
}

function appendRevised(tx: Write, row: Ready, idea: IdeaFacts): void {
  const data = { idea: idea.id, type: row.record.type };
  tx.append({
    type: 'ideas.contribution.revised',
    subject: row.id,
    space: idea.spaceId,
    actor: authorOf(row),
    data,
  });
}
