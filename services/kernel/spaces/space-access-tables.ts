/**
 * What a service that does not own spaces must know of them to decide who may see its rows: a small copy, kept by
 * on-space-changed. A row of a member who left stays with role NULL, so that a late event cannot let the person in again.
 */
export const spaceAccessTables: readonly string[] = [
  `CREATE TABLE space_access (
     id text COLLATE "C" PRIMARY KEY,
     visibility text NOT NULL,
     owners text[] NOT NULL,
     epoch integer NOT NULL,
     xid xid8 NOT NULL,
     seq bigint NOT NULL
   )`,
  `CREATE TABLE space_member (
     space_id text COLLATE "C" NOT NULL,
     person_id text COLLATE "C" NOT NULL,
     role text,
     epoch integer NOT NULL,
     xid xid8 NOT NULL,
     seq bigint NOT NULL,
     PRIMARY KEY (space_id, person_id)
   )`,
  `CREATE INDEX space_member_person ON space_member (person_id)`,
];

/**
 * Which organisations agreements let in, beside the owners: those who read, and those of them who contribute as well. It has a
 * position of its own, since it is told by other events than the rest of the row and neither may undo the other.
 */
export const spaceSharingColumns: readonly string[] = [
  `ALTER TABLE space_access
     ADD COLUMN shared_read text[] NOT NULL DEFAULT '{}',
     ADD COLUMN shared_contribute text[] NOT NULL DEFAULT '{}',
     ADD COLUMN shared_epoch integer NOT NULL DEFAULT 0,
     ADD COLUMN shared_xid xid8 NOT NULL DEFAULT '0',
     ADD COLUMN shared_seq bigint NOT NULL DEFAULT 0`,
];

/** To which of the readers agreements show who the people of a space are. Nobody until the space is told of anew. */
export const sharedPeopleColumn = `ALTER TABLE space_access ADD COLUMN shared_people text[] NOT NULL DEFAULT '{}'`;
