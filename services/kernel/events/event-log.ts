import type { Database, DatabaseTransaction } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { EventType } from './catalogue.js';
import { beforeAllEvents, type EventPosition, type HubEvent } from './event.js';

/** Reading a log in its order, without gaps. The reader may belong to another service: logs are open to all services, nothing else is. */
export interface EventReader {
  readonly service: string;
  /** Up to `limit` events after the position, oldest first; none when the reader is up to date. */
  read(after: EventPosition, limit: number): Promise<HubEvent[]>;
  /** Looks through up to `limit` events after the position and gives those of the types. */
  readOf(types: readonly EventType[], after: EventPosition, limit: number): Promise<WantedEvents>;
  /** The position from which only what commits from now on is seen, and possibly a little of what just did. */
  head(): Promise<EventPosition>;
  /** The position after which the newest events are, as many as asked for or all there are. */
  before(count: number): Promise<EventPosition>;
  /** A position that nothing committed so far is beyond. */
  newest(): Promise<EventPosition>;
  /** The newest event that was dropped for its age: a position before it has lost events. */
  horizon(): Promise<EventPosition>;
  epochs(): Promise<ReadonlyMap<string, number>>;
}

export interface WantedEvents {
  /** Oldest first. */
  readonly events: readonly HubEvent[];
  /** Up to where the log was looked through; undefined when the reader is up to date. */
  readonly reached: EventPosition | undefined;
}

interface EventRow extends Omit<HubEvent, 'position' | 'source'>, EventPosition {}

export function eventReader(database: Database, service: string): EventReader {
  const sql = readerStatements(service);
  return {
    service,
    async read(after, limit) {
      const rows = await database.read<EventRow>(sql.read, [after.epoch, after.xid, after.seq, limit]);
      return rows.map((row) => toEvent(row, service));
    },
    async readOf(types, after, limit) {
      const rows = await database.read<EventRow>(sql.readOf, [after.epoch, after.xid, after.seq, limit, types]);
      const events = rows.map((row) => toEvent(row, service));
      return { events: events.filter(({ type }) => types.includes(type)), reached: events.at(-1)?.position };
    },
    async head() {
      const [row] = await database.read<EventPosition>(sql.head);
      return row ?? beforeAllEvents;
    },
    async before(count) {
      const [row] = await database.read<EventPosition>(sql.before, [count]);
      return row ?? this.horizon();
    },
    async newest() {
      const [row] = await database.read<EventPosition>(sql.newest);
      return row ?? beforeAllEvents;
    },
    async horizon() {
      const [row] = await database.read<EventPosition>(sql.horizon);
      return row ?? beforeAllEvents;
    },
    async epochs() {
      const rows = await database.read<{ label: string; number: number }>(sql.epochs);
      return new Map(rows.map((row) => [row.label, row.number]));
    },
  };
}

const columns =
  'e.epoch, e.xid::text AS xid, e.seq::text AS seq, e.id, e.type, e.subject, e.time, e.actor, e.space, e.causation, e.data';

function readerStatements(service: string) {
  // The comparison with the snapshot's xmin is what makes the order safe: a sequence number alone is taken before its commit.
  // The order names the columns of the table: a bare "xid" would be the text of the select list, in which 1000 comes before 999.
  const next = `
    FROM ${service}.event e
    WHERE (e.epoch, e.xid, e.seq) > ($1::integer, $2::text::xid8, $3::bigint)
      AND (e.xid < pg_snapshot_xmin(pg_current_snapshot()) OR e.epoch < (SELECT max(number) FROM ${service}.event_epoch))
    ORDER BY e.epoch, e.xid, e.seq
    LIMIT $4`;
  return {
    read: statement(`SELECT ${columns} ${next}`),
    // The last one looked at comes along, wanted or not: it is how far the reader got.
    readOf: statement(`
      SELECT ${columns}
      FROM (SELECT *, lead(e.seq) OVER (ORDER BY e.epoch, e.xid, e.seq) IS NULL AS last FROM (SELECT e.* ${next}) e) e
      WHERE e.last OR e.type = ANY($5::text[])
      ORDER BY e.epoch, e.xid, e.seq`),
    head: statement(`
      SELECT number AS epoch, (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text AS xid, '9223372036854775807' AS seq
      FROM ${service}.event_epoch ORDER BY number DESC LIMIT 1`),
    before: statement(`
      SELECT e.epoch, e.xid::text AS xid, e.seq::text AS seq FROM ${service}.event e
      ORDER BY e.epoch DESC, e.xid DESC, e.seq DESC OFFSET $1 LIMIT 1`),
    newest: statement(`
      SELECT number AS epoch, (pg_snapshot_xmax(pg_current_snapshot())::text::numeric - 1)::text AS xid, '9223372036854775807' AS seq
      FROM ${service}.event_epoch ORDER BY number DESC LIMIT 1`),
    horizon: statement(`SELECT epoch, xid::text AS xid, seq::text AS seq FROM ${service}.event_horizon`),
    epochs: statement(`SELECT label, number FROM ${service}.event_epoch`),
  };
}

/** Field by field: the objects are kept for a while by the thousand, and those of a spread are slow to make and twice as large. */
function toEvent(row: EventRow, source: string): HubEvent {
  return {
    id: row.id,
    source,
    type: row.type,
    subject: row.subject,
    time: row.time,
    actor: row.actor,
    space: row.space,
    causation: row.causation,
    data: row.data,
    position: { epoch: row.epoch, xid: row.xid, seq: row.seq },
  };
}

export interface StoredEvent extends Omit<HubEvent, 'position' | 'source'> {}

// Causes come as array literals, since unnest would take an array of arrays apart; ids have nothing to escape. The facts come
// as one JSON array, which is cheaper to write than an array of texts in which every quotation mark is escaped once more.
const insertEvents = statement(`
  WITH inserted AS (INSERT INTO event (epoch, id, type, subject, time, actor, space, causation, data)
  SELECT (SELECT max(number) FROM event_epoch), e.id, e.type, e.subject, e.time, e.actor, e.space, e.causation::text[], e.data
  FROM ROWS FROM (unnest($1::text[]), unnest($2::text[]), unnest($3::text[]), unnest($4::timestamptz[]), unnest($5::text[]),
      unnest($6::text[]), unnest($7::text[]), jsonb_array_elements($8::jsonb))
    WITH ORDINALITY AS e(id, type, subject, time, actor, space, causation, data, place)
  ORDER BY e.place
  RETURNING epoch, xid, seq)
  SELECT epoch, xid::text AS xid, max(seq)::text AS seq FROM inserted GROUP BY inserted.epoch, inserted.xid`);

/** Appends events to the service's own log, in order, within the transaction of the change they tell. Gives the position of the last. */
export async function insertIntoLog(
  tx: DatabaseTransaction,
  events: readonly StoredEvent[],
): Promise<EventPosition | null> {
  if (events.length === 0) return null;
  const [last] = await tx.run<EventPosition>(insertEvents, [
    events.map((event) => event.id),
    events.map((event) => event.type),
    events.map((event) => event.subject),
    events.map((event) => event.time),
    events.map((event) => event.actor),
    events.map((event) => event.space),
    events.map((event) => `{${event.causation.join(',')}}`),
    JSON.stringify(events.map((event) => event.data)),
  ]);
  return last ?? null;
}
