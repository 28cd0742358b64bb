import type { Database, DatabaseTransaction } from '../database/database.js';
import { statement } from '../database/statement.js';
import { beforeAllEvents, type EventPosition, type HubEvent } from './event.js';

/** Reading a log in its order, without gaps. The reader may belong to another service: logs are open to all services, nothing else is. */
export interface EventReader {
  readonly service: string;
  /** Up to `limit` events after the position, oldest first; none when the reader is up to date. */
  read(after: EventPosition, limit: number): Promise<HubEvent[]>;
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

interface EventRow extends Omit<HubEvent, 'position' | 'source'>, EventPosition {}

export function eventReader(database: Database, service: string): EventReader {
  const sql = readerStatements(service);
  return {
    service,
    async read(after, limit) {
      const rows = await database.read<EventRow>(sql.read, [after.epoch, after.xid, after.seq, limit]);
      return rows.map((row) => toEvent(row, service));
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

function readerStatements(service: string) {
  return {
    // The comparison with the snapshot's xmin is what makes the order safe: a sequence number alone is taken before its commit.
    // The order names the columns of the table: a bare "xid" would be the text of the select list, in which 1000 comes before 999.
    read: statement(`
      SELECT e.epoch, e.xid::text AS xid, e.seq::text AS seq, e.id, e.type, e.subject, e.time, e.actor, e.space, e.causation, e.data
      FROM ${service}.event e
      WHERE (e.epoch, e.xid, e.seq) > ($1::integer, $2::text::xid8, $3::bigint)
        AND (e.xid < pg_snapshot_xmin(pg_current_snapshot()) OR e.epoch < (SELECT max(number) FROM ${service}.event_epoch))
      ORDER BY e.epoch, e.xid, e.seq
      LIMIT $4`),
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

function toEvent({ epoch, xid, seq, ...rest }: EventRow, source: string): HubEvent {
  return { ...rest, source, position: { epoch, xid, seq } };
}

export interface StoredEvent extends Omit<HubEvent, 'position' | 'source'> {}

const insertEvents = statement(`
  INSERT INTO event (epoch, id, type, subject, time, actor, space, causation, data)
  SELECT (SELECT max(number) FROM event_epoch), e.id, e.type, e.subject, e.time, e.actor, e.space,
         ARRAY(SELECT jsonb_array_elements_text(e.causation)), e.data
  FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[])
    WITH ORDINALITY AS e(id, type, subject, time, actor, space, causation, data, place)
  ORDER BY e.place
  RETURNING epoch, xid::text AS xid, seq::text AS seq`);

/** Appends events to the service's own log, in order, within the transaction of the change they tell. */
export async function insertIntoLog(tx: DatabaseTransaction, events: readonly StoredEvent[]): Promise<EventPosition[]> {
  if (events.length === 0) return [];
  return tx.run<EventPosition>(insertEvents, [
    events.map((event) => event.id),
    events.map((event) => event.type),
    events.map((event) => event.subject),
    events.map((event) => event.time),
    events.map((event) => event.actor),
    events.map((event) => event.space),
    events.map((event) => JSON.stringify(event.causation)),
    events.map((event) => JSON.stringify(event.data)),
  ]);
}
