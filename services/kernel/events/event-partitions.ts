import type { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const weekMs = 7 * 24 * 3600 * 1000;
/** A Monday; any fixed one will do. */
const firstWeek = Date.UTC(2024, 0, 1);
/** Enough that a hub whose upkeep has stopped goes on taking writes for a month, while the missing upkeep is seen in the log. */
const weeksAhead = 4;

const partitions = statement(`
  SELECT child.relname AS name FROM pg_inherits i JOIN pg_class child ON child.oid = i.inhrelid
  WHERE i.inhparent = 'event'::regclass ORDER BY child.relname`);
const lock = statement('LOCK TABLE event_epoch IN EXCLUSIVE MODE');
const moveHorizon = (partition: string) =>
  statement(`
  UPDATE event_horizon h SET epoch = l.epoch, xid = l.xid, seq = l.seq
  FROM (SELECT epoch, xid, seq FROM ${partition} ORDER BY epoch DESC, xid DESC, seq DESC LIMIT 1) l
  WHERE (l.epoch, l.xid, l.seq) > (h.epoch, h.xid, h.seq)`);

/** Makes the partitions of the coming weeks and drops those whose newest event is older than the retention. */
export async function tendPartitions(database: Database, now: Date, retentionDays: number): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run(lock);
    const existing = new Set((await tx.run<{ name: string }>(partitions)).map((row) => row.name));
    for (const week of upcomingWeeks(now)) {
      if (!existing.has(week.name)) await tx.run(statement(createPartition(week)));
    }
    for (const name of existing) {
      if (endOfWeek(name) + retentionDays * 24 * 3600 * 1000 >= now.getTime()) continue;
      await tx.run(moveHorizon(name));
      await tx.run(statement(`DROP TABLE ${name}`));
    }
  });
}

interface Week {
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
}

/** From last week, for clocks of the database server that are behind ours, to some weeks ahead. */
function upcomingWeeks(now: Date): Week[] {
  const current = Math.floor((now.getTime() - firstWeek) / weekMs);
  return Array.from({ length: weeksAhead + 2 }, (_, i) => weekOf(current - 1 + i));
}

function weekOf(number: number): Week {
  const from = new Date(firstWeek + number * weekMs);
  return {
    name: `event_${from.toISOString().slice(0, 10).replaceAll('-', '_')}`,
    from,
    to: new Date(from.getTime() + weekMs),
  };
}

function endOfWeek(name: string): number {
  return new Date(`${name.slice('event_'.length).replaceAll('_', '-')}T00:00:00Z`).getTime() + weekMs;
}

function createPartition(week: Week): string {
  return `CREATE TABLE ${week.name} PARTITION OF event FOR VALUES FROM ('${week.from.toISOString()}') TO ('${week.to.toISOString()}')`;
}
