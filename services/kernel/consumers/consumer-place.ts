import type { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { beforeAllEvents, comparePositions, type EventPosition } from '../events/event.js';
import type { Write } from '../write/write.js';

/** For so long at most a consumer keeps to itself that it passed over what concerns nobody: otherwise every event would cost each of them a transaction. */
const keptMs = 1_000;

const current = statement('SELECT epoch, xid::text AS xid, seq::text AS seq FROM consumer_cursor WHERE name = $1');
// Compare and set: where two processes run the same consumer, the one that comes second finds the cursor moved and does nothing.
const move = statement(`
  INSERT INTO consumer_cursor AS c (name, epoch, xid, seq, moved_at) VALUES ($1, $5, $6::text::xid8, $7, $8)
  ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, moved_at = excluded.moved_at
    WHERE (c.epoch, c.xid, c.seq) = ($2::integer, $3::text::xid8, $4::bigint)
  RETURNING name`);

interface Passed {
  readonly from: EventPosition;
  readonly to: EventPosition;
  readonly since: number;
}

/** How far a consumer has come: its cursor, and what lies behind that and concerned nobody. */
export class ConsumerPlace {
  private passed: Passed | undefined;

  constructor(
    private readonly database: Database,
    private readonly name: string,
  ) {}

  /** The cursor as it is stored, and the position from which to read on. */
  async find(): Promise<{ readonly stored: EventPosition; readonly from: EventPosition }> {
    const [row] = await this.database.read<EventPosition>(current, [this.name]);
    const stored = row ?? beforeAllEvents;
    // Another process moved the cursor, or the database was restored: what was passed over counts from a cursor that is no more.
    if (this.passed && comparePositions(this.passed.from, stored) !== 0) this.passed = undefined;
    return { stored, from: this.passed?.to ?? stored };
  }

  passOver(from: EventPosition, to: EventPosition): void {
    this.passed = { from, to, since: this.passed?.since ?? performance.now() };
  }

  get isToBeStored(): boolean {
    return this.passed !== undefined && performance.now() - this.passed.since >= keptMs;
  }

  /** Stores the cursor, if it still is where it was. */
  async move(tx: Write, from: EventPosition, to: EventPosition, now: Date): Promise<boolean> {
    const moved = await tx.run(move, [this.name, from.epoch, from.xid, from.seq, to.epoch, to.xid, to.seq, now]);
    return moved.length > 0;
  }
}
