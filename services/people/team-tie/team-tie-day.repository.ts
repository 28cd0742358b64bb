import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import type { TeamDayFacts, ToldTeamDay } from './team-tie-story.js';

/** A day in the story of two teams. */
export interface TeamDay {
  readonly teamTie: string;
  readonly day: number;
}

export type TeamFacts = TeamDayFacts & TeamDay;
export type StoredTeamDay = ToldTeamDay & TeamDay;

const facts = statement(`
  SELECT d.team_tie::text AS "teamTie", d.day, sum(d.given + d.taken) AS given, sum(d.interactions)::integer AS interactions,
    min(d.first_at) AS "firstAt", max(d.last_at) AS "lastAt",
    ((array_agg(d.pair ORDER BY d.first_at, d.pair))[1:2])::text[] AS pairs,
    (count(*) FILTER (WHERE NOT EXISTS (
      SELECT 1 FROM tie_day e WHERE e.pair = d.pair AND e.day < d.day AND e.team_tie = d.team_tie)))::integer AS "newPairs",
    ((array_agg(d.pair ORDER BY d.last_at, d.pair) FILTER (WHERE d.state = 'reciprocal'))[1])::text AS mutual
  FROM unnest($1::bigint[], $2::integer[]) asked(team_tie, day)
  JOIN tie_day d ON d.team_tie = asked.team_tie AND d.day = asked.day
  GROUP BY d.team_tie, d.day`);

/** What the pairs of two teams did on these days; nothing for a day on which nothing is left. */
export function teamFactsOf(tx: DatabaseTransaction, days: readonly TeamDay[]): Promise<TeamFacts[]> {
  return tx.run<TeamFacts>(facts, [days.map(({ teamTie }) => teamTie), days.map(({ day }) => day)]);
}

const columns = `d.team_tie::text AS "teamTie", d.day, d.given, d.interactions, d.first_at AS "firstAt", d.last_at AS "lastAt",
  d.pairs::text[] AS pairs, d.mutual::text AS mutual, d.epoch, d.weight, d.total, d.since,
  d.new_pairs AS "newPairs", d.pairs_total AS "pairsTotal",
  d.pairs_so_far::text[] AS "pairsSoFar", d.mutual_so_far AS "mutualSoFar"`;

const storyFrom = statement(`
  SELECT d.* FROM unnest($1::bigint[], $2::integer[]) asked(team_tie, day)
  CROSS JOIN LATERAL (
    (SELECT ${columns} FROM team_tie_day d WHERE d.team_tie = asked.team_tie AND d.day < asked.day ORDER BY d.day DESC LIMIT 1)
    UNION ALL
    SELECT ${columns} FROM team_tie_day d WHERE d.team_tie = asked.team_tie AND d.day >= asked.day
  ) d ORDER BY d."teamTie", d.day`);

/** The days of each team tie from one on, and the one before it; in order. */
export function readTeamStories(tx: DatabaseTransaction, from: readonly TeamDay[]): Promise<StoredTeamDay[]> {
  return tx.run<StoredTeamDay>(storyFrom, [from.map(({ teamTie }) => teamTie), from.map(({ day }) => day)]);
}

// Numbers of pairs come as array literals, since unnest would take an array of arrays apart.
const upsert = statement(`
  INSERT INTO team_tie_day (team_tie, day, given, interactions, first_at, last_at, pairs, mutual, epoch, weight, total, since,
    pairs_so_far, mutual_so_far, new_pairs, pairs_total)
  SELECT n.team_tie, n.day, n.given, n.interactions, n.first_at, n.last_at, n.pairs::bigint[], n.mutual, n.epoch, n.weight, n.total,
    n.since, n.pairs_so_far::bigint[], n.mutual_so_far, n.new_pairs, n.pairs_total
  FROM unnest($1::bigint[], $2::integer[], $3::double precision[], $4::integer[], $5::timestamptz[], $6::timestamptz[], $7::text[],
    $8::bigint[], $9::integer[], $10::double precision[], $11::integer[], $12::timestamptz[], $13::text[], $14::boolean[], $15::integer[], $16::integer[])
    n(team_tie, day, given, interactions, first_at, last_at, pairs, mutual, epoch, weight, total, since, pairs_so_far, mutual_so_far,
      new_pairs, pairs_total)
  ON CONFLICT (team_tie, day) DO UPDATE SET given = excluded.given, interactions = excluded.interactions, first_at = excluded.first_at,
    last_at = excluded.last_at, pairs = excluded.pairs, mutual = excluded.mutual, epoch = excluded.epoch, weight = excluded.weight,
    total = excluded.total, since = excluded.since, pairs_so_far = excluded.pairs_so_far, mutual_so_far = excluded.mutual_so_far,
    new_pairs = excluded.new_pairs, pairs_total = excluded.pairs_total`);

export async function writeTeamDays(tx: DatabaseTransaction, days: readonly StoredTeamDay[]): Promise<void> {
  if (days.length === 0) return;
  await tx.run(upsert, [
    days.map(({ teamTie }) => teamTie),
    days.map(({ day }) => day),
    days.map(({ given }) => given),
    days.map(({ interactions }) => interactions),
    days.map(({ firstAt }) => firstAt),
    days.map(({ lastAt }) => lastAt),
    days.map(({ pairs }) => `{${pairs.join(',')}}`),
    days.map(({ mutual }) => mutual),
    days.map(({ epoch }) => epoch),
    days.map(({ weight }) => weight),
    days.map(({ total }) => total),
    days.map(({ since }) => since),
    days.map(({ pairsSoFar }) => `{${pairsSoFar.join(',')}}`),
    days.map(({ mutualSoFar }) => mutualSoFar),
    days.map(({ newPairs }) => newPairs),
    days.map(({ pairsTotal }) => pairsTotal),
  ]);
}

const remove = statement(
  'DELETE FROM team_tie_day d USING unnest($1::bigint[], $2::integer[]) n(team_tie, day) WHERE d.team_tie = n.team_tie AND d.day = n.day',
);

export async function removeTeamDays(tx: DatabaseTransaction, days: readonly TeamDay[]): Promise<void> {
  if (days.length > 0) await tx.run(remove, [days.map(({ teamTie }) => teamTie), days.map(({ day }) => day)]);
}
