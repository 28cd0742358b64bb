import { migration } from '#kernel/database/migration.js';

/** In which spaces people are known by what they did there, members or not. */
export const appearancesOfPeople = migration(
  '2026-11-21T10:20:00Z',
  'AppearancesOfPeople',
  `CREATE TABLE appearance (
     person_id text COLLATE "C" NOT NULL,
     space_id text COLLATE "C" NOT NULL,
     PRIMARY KEY (person_id, space_id)
   )`,
);
