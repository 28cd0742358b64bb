import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import type { ToldDay } from './tie-story.js';

/** A day in the story of a pair, with the tie of two teams that it belongs to. */
export interface StoredDay extends ToldDay {
  readonly pair: string;
  readonly teamTie: string | null;
}

const columns = `d.pair::text AS pair, d.day, d.given, d.taken, d.interactions, d.first_at AS "firstAt", d.last_at AS "lastAt",
  d.state, d.epoch, d.weight, d.returned, d.began_at AS "beganAt", d.since, d.team_tie::text AS "teamTie"`;

const storyFrom = statement(`
  SELECT d.* FROM unnest($1::bigint[], $2::integer[]) asked(pair, day)
  CROSS JOIN LATERAL (
    (SELECT ${columns} FROM tie_day d WHERE d.pair = asked.pair AND d.day < asked.day ORDER BY d.day DESC LIMIT 1)
    UNION ALL
    SELECT ${columns} FROM tie_day d WHERE d.pair = asked.pair AND d.day >= asked.day
  ) d ORDER BY d.pair, d.day`);

/** The days of each pair from one on, and the one before it; in order. */
export function readStories(
  tx: DatabaseTransaction,
  from: readonly { readonly pair: string; readonly day: number }[],
): Promise<StoredDay[]> {
  return tx.run<StoredDay>(storyFrom, [from.map(({ pair }) => pair), from.map(({ day }) => day)]);
}

const upsert = statement(`
  INSERT INTO tie_day (pair, day, given, taken, interactions, first_at, last_at, state, epoch, weight, returned, began_at, since, team_tie, told_at)
  SELECT n.*, $15::timestamptz FROM unnest($1::bigint[], $2::integer[], $3::double precision[], $4::double precision[], $5::integer[],
    $6::timestamptz[], $7::timestamptz[], $8::text[], $9::integer[], $10::double precision[], $11::double precision[],
    $12::timestamptz[], $13::timestamptz[], $14::bigint[]) n
  ON CONFLICT (pair, day) DO UPDATE SET given = excluded.given, taken = excluded.taken, interactions = excluded.interactions,
    first_at = excluded.first_at, last_at = excluded.last_at, state = excluded.state, epoch = excluded.epoch, weight = excluded.weight,
    returned = excluded.returned, began_at = excluded.began_at, since = excluded.since, team_tie = excluded.team_tie, told_at = excluded.told_at`);

export async function writeDays(tx: DatabaseTransaction, days: readonly StoredDay[], now: Date): Promise<void> {
  if (days.length === 0) return;
  await tx.run(upsert, [
    days.map(({ pair }) => pair),
    days.map(({ day }) => day),
    days.map(({ given }) => given),
    days.map(({ taken }) => taken),
    days.map(({ interactions }) => interactions),
    days.map(({ firstAt }) => firstAt),
    days.map(({ lastAt }) => lastAt),
    days.map(({ state }) => state),
    days.map(({ epoch }) => epoch),
    days.map(({ weight }) => weight),
    days.map(({ returned }) => returned),
    days.map(({ beganAt }) => beganAt),
    days.map(({ since }) => since),
    days.map(({ teamTie }) => teamTie),
    now,
  ]);
}

const remove = statement(
  'DELETE FROM tie_day d USING unnest($1::bigint[], $2::integer[]) n(pair, day) WHERE d.pair = n.pair AND d.day = n.day',
);

export async function removeDays(
  tx: DatabaseTransaction,
  days: readonly { readonly pair: string; readonly day: number }[],
): Promise<void> {
  if (days.length > 0) await tx.run(remove, [days.map(({ pair }) => pair), days.map(({ day }) => day)]);
}
