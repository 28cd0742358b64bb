import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { Person } from '../person/person.entity.js';

const first = statement('SELECT id FROM person WHERE administrator ORDER BY created_at, id LIMIT 1');
const holder = statement('SELECT id FROM person WHERE lower(handle) = lower($1)');

/** The administrator the hub got to know first. */
export async function findAdministrator(tx: DatabaseTransaction): Promise<string | undefined> {
  const [found] = await tx.run<{ id: string }>(first);
  return found?.id;
}

/** Without the handle, should somebody have it already. */
export async function insertAdministrator(tx: DatabaseTransaction, person: Person): Promise<void> {
  const taken = (await tx.run(holder, [person.handle])).length > 0;
  await tx.manager.insert(Person, taken ? { ...person, handle: null } : person);
}
