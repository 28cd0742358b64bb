/** Cursors of this service's consumers, and the events they could not handle. */
export const consumerTables: readonly string[] = [
  `CREATE TABLE consumer_cursor (
     name text PRIMARY KEY,
     epoch integer NOT NULL,
     xid xid8 NOT NULL,
     seq bigint NOT NULL,
     moved_at timestamptz(3) NOT NULL
   )`,
  `CREATE TABLE dead_letter (
     consumer text NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     event jsonb NOT NULL,
     error text NOT NULL,
     attempts integer NOT NULL,
     first_failed_at timestamptz(3) NOT NULL,
     next_attempt_at timestamptz(3),
     PRIMARY KEY (consumer, event_id)
   )`,
  `CREATE INDEX dead_letter_due ON dead_letter (next_attempt_at) WHERE next_attempt_at IS NOT NULL`,
];
