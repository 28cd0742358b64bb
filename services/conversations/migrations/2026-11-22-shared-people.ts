import { migration } from '#kernel/database/migration.js';
import { sharedPeopleColumn } from '#kernel/spaces/space-access-tables.js';

/** To whom agreements show the people of a space. */
export const sharedPeopleOfConversations = migration(
  '2026-11-22T01:45:00Z',
  'SharedPeopleOfConversations',
  sharedPeopleColumn,
);
