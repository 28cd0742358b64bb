import type { ConsumerGiven } from '#kernel/consumers/consumer.js';
import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { rankOf } from '../tie/decay.js';
import { type TeamTieChange, type ToldTeamDay, teamStateOf } from './team-tie-story.js';

const known = statement(`
  SELECT t.g, t.h, t.number::text AS number FROM unnest($1::text[], $2::text[]) n(g, h) JOIN team_tie t ON t.g = n.g AND t.h = n.h`);
// The row is there before its story, which needs its number; both commit together.
const begin = statement(`
  INSERT INTO team_tie (id, number, g, h, state, epoch, weight, interactions, since, last_at, rank)
  SELECT n.id, nextval('team_tie_number'), n.g, n.h, 'firstConnection', 0, 0, 0, n.at, n.at, 0
  FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) n(id, g, h, at)
  RETURNING g, h, number::text AS number`);

interface Sides {
  readonly g: string;
  readonly h: string;
}

/** The number of the tie of each of these two teams, by both; those that meet for the first time are given one. */
export async function numberTeamTies(
  tx: DatabaseTransaction,
  { newId }: ConsumerGiven,
  between: readonly (Sides & { readonly at: Date })[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map(between.map((sides) => [keyOf(sides), sides]));
  if (wanted.size === 0) return new Map();
  const asked = [...wanted.values()];
  const found = await tx.run<Sides & { number: string }>(known, [asked.map(({ g }) => g), asked.map(({ h }) => h)]);
  const numbers = new Map(found.map((row) => [keyOf(row), row.number]));
  const missing = asked.filter((sides) => !numbers.has(keyOf(sides)));
  if (missing.length === 0) return numbers;
  const begun = await tx.run<Sides & { number: string }>(begin, [
    missing.map(() => newId('TeamTie')),
    missing.map(({ g }) => g),
    missing.map(({ h }) => h),
    missing.map(({ at }) => at),
  ]);
  for (const row of begun) numbers.set(keyOf(row), row.number);
  return numbers;
}

function keyOf({ g, h }: Sides): string {
  return `${g} ${h}`;
}

/** How two teams stand at the end of their story. */
export interface TeamStanding {
  readonly teamTie: string;
  readonly last: ToldTeamDay;
}

const update = statement(`
  UPDATE team_tie t SET state = n.state, epoch = n.epoch, weight = n.weight, interactions = n.interactions, since = n.since,
    last_at = n.last_at, rank = n.rank, pairs = n.pairs
  FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::double precision[], $5::integer[], $6::timestamptz[], $7::timestamptz[],
    $8::double precision[], $9::integer[]) n(number, state, epoch, weight, interactions, since, last_at, rank, pairs)
  WHERE t.number = n.number`);

export async function writeTeamTies(tx: DatabaseTransaction, standings: readonly TeamStanding[]): Promise<void> {
  if (standings.length === 0) return;
  await tx.run(update, [
    standings.map(({ teamTie }) => teamTie),
    standings.map(({ last }) => teamStateOf(last)),
    standings.map(({ last }) => last.epoch),
    standings.map(({ last }) => last.weight),
    standings.map(({ last }) => last.total),
    standings.map(({ last }) => last.since),
    standings.map(({ last }) => last.lastAt),
    standings.map(({ last }) => rankOf(last.weight, last.lastAt)),
    standings.map(({ last }) => last.pairsTotal),
  ]);
}

const empty = statement('UPDATE team_tie SET interactions = 0, pairs = 0, weight = 0 WHERE number = ANY($1::bigint[])');

/** Nothing is left of these. The row stays, unseen, so that what was stated of the two teams is not stated again. */
export async function emptyTeamTies(tx: DatabaseTransaction, numbers: readonly string[]): Promise<void> {
  if (numbers.length > 0) await tx.run(empty, [numbers]);
}

const state = statement(`
  INSERT INTO team_tie_fact (team_tie, kind, epoch) SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[])
  ON CONFLICT DO NOTHING RETURNING team_tie::text AS "teamTie", kind, epoch`);

export interface TeamChange extends TeamTieChange {
  readonly teamTie: string;
}

/** Those of the changes that were never stated before; from now on they are. */
export async function stateTeamChangesOnce(
  tx: DatabaseTransaction,
  changes: readonly TeamChange[],
): Promise<TeamChange[]> {
  if (changes.length === 0) return [];
  const fresh = await tx.run<{ teamTie: string; kind: string; epoch: number }>(state, [
    changes.map(({ teamTie }) => teamTie),
    changes.map(({ kind }) => kind),
    changes.map(({ epoch }) => epoch),
  ]);
  const keys = new Set(fresh.map(({ teamTie, kind, epoch }) => `${teamTie} ${kind} ${epoch}`));
  return changes.filter(({ teamTie, kind, epoch }) => keys.delete(`${teamTie} ${kind} ${epoch}`));
}
