import { readersRole } from '../database/prepare-server.js';

/**
 * The event log of a service. Partitions by week of recording are dropped as a whole when they grow old. `xid` is the writing
 * transaction: readers stop below the oldest one that still runs, and so never pass an event that commits late.
 */
export function eventLogTables(schema: string, rolePrefix: string): string[] {
  const readers = `"${readersRole(rolePrefix)}"`;
  return [
    `CREATE TABLE event_epoch (
       number integer PRIMARY KEY,
       label text NOT NULL UNIQUE,
       fingerprint text NOT NULL,
       started_at timestamptz(3) NOT NULL DEFAULT now()
     )`,
    `CREATE SEQUENCE event_seq CACHE 1`,
    `CREATE TABLE event (
       epoch integer NOT NULL,
       xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
       seq bigint NOT NULL DEFAULT nextval('event_seq'),
       id text COLLATE "C" NOT NULL,
       type text NOT NULL,
       subject text COLLATE "C" NOT NULL,
       time timestamptz(3) NOT NULL,
       actor text COLLATE "C",
       space text COLLATE "C",
       causation text[] NOT NULL DEFAULT '{}',
       data jsonb NOT NULL,
       recorded_at timestamptz(3) NOT NULL DEFAULT now(),
       PRIMARY KEY (epoch, xid, seq, recorded_at)
     ) PARTITION BY RANGE (recorded_at)`,
    `CREATE TABLE event_horizon (
       one boolean PRIMARY KEY DEFAULT true CHECK (one),
       epoch integer NOT NULL DEFAULT 0,
       xid xid8 NOT NULL DEFAULT '0',
       seq bigint NOT NULL DEFAULT 0
     )`,
    `INSERT INTO event_horizon DEFAULT VALUES`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${readers}`,
    `GRANT SELECT ON event, event_epoch, event_horizon TO ${readers}`,
  ];
}
