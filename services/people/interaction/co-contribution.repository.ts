import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';

export interface IdeaContribution {
  readonly idea: string;
  readonly person: string;
  readonly at: Date;
  readonly space: string | null;
}

// Who was erased is still named by events that are handled late.
const keep = statement(`
  INSERT INTO idea_contribution (idea, at, person, space, heard_at)
  SELECT n.*, $5::timestamptz
  FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[]) n(idea, at, person, space)
  WHERE NOT EXISTS (SELECT 1 FROM erasure e WHERE e.person_id = n.person)
  ON CONFLICT DO NOTHING RETURNING idea, at, person, space`);

/** Keeps who contributed when; those that were not known before. */
export async function keepContributions(
  tx: DatabaseTransaction,
  contributions: readonly IdeaContribution[],
  now: Date,
): Promise<IdeaContribution[]> {
  if (contributions.length === 0) return [];
  return tx.run<IdeaContribution>(keep, [
    contributions.map(({ idea }) => idea),
    contributions.map(({ at }) => at),
    contributions.map(({ person }) => person),
    contributions.map(({ space }) => space),
    now,
  ]);
}

// The days of an idea's contributors that a new contribution can change: its own, and those of the 14 days behind it. Of several
// contributions of one person on a day each sees the ten others before it; what they see together counts once, at its first time.
const changedDays = `
  changed AS (
    SELECT DISTINCT c.idea, c.person, floor(extract(epoch FROM c.at) / 86400)::integer AS day
    FROM unnest($1::text[], $2::timestamptz[]) n(idea, at)
    JOIN idea_contribution c ON c.idea = n.idea AND c.at >= n.at AND c.at <= n.at + interval '14 days'
  )`;
const holding = statement(`
  WITH ${changedDays}
  SELECT d.idea, d.day, d.person AS "from", o.person AS "to", min(c.at) AS at, min(c.space) AS space
  FROM changed d
  JOIN idea_contribution c ON c.idea = d.idea AND c.person = d.person
    AND c.at >= to_timestamp(d.day * 86400.0) AND c.at < to_timestamp((d.day + 1) * 86400.0)
  CROSS JOIN LATERAL (
    SELECT e.person, max(e.at) AS latest FROM idea_contribution e
    WHERE e.idea = c.idea AND e.person <> c.person AND e.at <= c.at AND e.at >= c.at - interval '14 days'
    GROUP BY e.person ORDER BY latest DESC, e.person LIMIT 10
  ) o
  GROUP BY d.idea, d.day, d.person, o.person`);

export interface CoContribution {
  readonly idea: string;
  readonly day: number;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
}

/** All that holds now on the days that these contributions can have changed. */
export async function coContributionsOf(
  tx: DatabaseTransaction,
  fresh: readonly IdeaContribution[],
): Promise<(CoContribution & { readonly space: string | null })[]> {
  return fresh.length === 0 ? [] : tx.run(holding, placesOf(fresh));
}

const counted = statement(`
  WITH ${changedDays}
  SELECT d.idea, d.day, d.person AS "from", CASE WHEN c.forward THEN t.b ELSE t.a END AS "to", c.at
  FROM changed d
  JOIN counted_interaction c ON c.kind = 'coContribution' AND c.object = d.idea AND c.day = d.day
  JOIN tie t ON t.pair = c.pair AND t.a < t.b AND d.person = CASE WHEN c.forward THEN t.a ELSE t.b END`);

/** All that was counted so far on those days. */
export async function countedCoContributions(
  tx: DatabaseTransaction,
  fresh: readonly IdeaContribution[],
): Promise<CoContribution[]> {
  return fresh.length === 0 ? [] : tx.run<CoContribution>(counted, placesOf(fresh));
}

function placesOf(fresh: readonly IdeaContribution[]): unknown[] {
  return [fresh.map(({ idea }) => idea), fresh.map(({ at }) => at)];
}
