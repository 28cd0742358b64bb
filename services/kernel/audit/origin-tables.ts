import { readersRole } from '../database/prepare-server.js';

/**
 * From where an audited change was asked for. Beside the log and not in it: an address is about a person, and the log is kept as
 * it is. Open to other services like the log.
 */
export function originTables(rolePrefix: string): string[] {
  return [
    `CREATE TABLE event_origin (
       event_id text COLLATE "C" PRIMARY KEY,
       actor text COLLATE "C",
       request_id text NOT NULL,
       address text,
       at timestamptz(3) NOT NULL
     )`,
    'CREATE INDEX event_origin_of_actor ON event_origin (actor)',
    'CREATE INDEX event_origin_in_order ON event_origin (at)',
    `GRANT SELECT ON event_origin TO "${readersRole(rolePrefix)}"`,
  ];
}
