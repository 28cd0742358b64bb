/** Loaded in front of a process of the hub, makes it the next version of itself: each service has one more migration to run. */
import 'reflect-metadata';
import { migration } from '#kernel/database/migration.js';
import { loadDefinition, serviceNames } from '../../services/service-definitions.js';
import { addedColumn } from './added-column.js';

/** What is written to all the time meanwhile. */
const tables = { people: 'space', ideas: 'contribution', conversations: 'message' } as const;

for (const name of serviceNames) {
  const definition = await loadDefinition(name);
  const { migrations } = definition;
  const next = migration(
    '2099-01-01T00:00:00Z',
    'NextVersion',
    `ALTER TABLE ${tables[name]} ADD COLUMN ${addedColumn} text NOT NULL DEFAULT 'new'`,
    `CREATE INDEX ${tables[name]}_${addedColumn} ON ${tables[name]} (${addedColumn})`,
  );
  Object.assign(definition, {
    migrations: (rolePrefix: string) => [...migrations(rolePrefix), next],
  });
}
