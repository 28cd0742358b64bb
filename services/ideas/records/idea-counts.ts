import { type Statement, statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';

/** What an imported record adds to its idea. */
export interface IdeaChange {
  readonly ideaId: string;
  readonly difference: -1 | 0 | 1;
  /** When something happened on the idea; null for what leaves it as it was. */
  readonly at: Date | null;
}

/** What the events of contributions and endorsements tell of their idea. */
export interface IdeaFacts {
  readonly id: string;
  readonly spaceId: string;
  readonly challengeId: string | null;
  readonly authorIds: string[];
}

/** Moves the numbers by differences: counting anew would cost the more, the more an idea has already. */
export async function countContributions(
  tx: Write,
  changes: readonly IdeaChange[],
): Promise<ReadonlyMap<string, IdeaFacts>> {
  return count(tx, moveContributionCount, changes);
}

export async function countEndorsements(
  tx: Write,
  changes: readonly IdeaChange[],
): Promise<ReadonlyMap<string, IdeaFacts>> {
  return count(tx, moveEndorsementCount, changes);
}

const moveContributionCount = move('contribution_count');
const moveEndorsementCount = move('endorsement_count');

function move(column: 'contribution_count' | 'endorsement_count'): Statement {
  return statement(`
    UPDATE idea i SET ${column} = i.${column} + c.difference, updated_at = greatest(i.updated_at, c.latest)
    FROM unnest($1::text[], $2::integer[], $3::timestamptz[]) AS c(id, difference, latest) WHERE i.id = c.id
    RETURNING i.id, i.space_id AS "spaceId", i.challenge_id AS "challengeId", i.author_ids AS "authorIds"`);
}

async function count(
  tx: Write,
  sql: Statement,
  changes: readonly IdeaChange[],
): Promise<ReadonlyMap<string, IdeaFacts>> {
  if (changes.length === 0) return new Map();
  const sums = new Map<string, { difference: number; latest: Date | null }>();
  for (const { ideaId, difference, at } of changes) {
    const sum = sums.get(ideaId) ?? { difference: 0, latest: null };
    sum.difference += difference;
    if (at && (!sum.latest || at > sum.latest)) sum.latest = at;
    sums.set(ideaId, sum);
  }
  const values = [...sums.values()];
  const ideas = await tx.run<IdeaFacts>(sql, [
    [...sums.keys()],
    values.map((sum) => sum.difference),
    values.map((sum) => sum.latest),
  ]);
  return new Map(ideas.map((idea) => [idea.id, idea]));
}
