import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { personLists, selectPeople } from '../person/person.repository.js';

const add = statement(`
  INSERT INTO suspension (person_id, suspended_at, suspended_by) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING RETURNING person_id`);
const remove = statement('DELETE FROM suspension WHERE person_id = $1 RETURNING person_id');

/** False when the person was suspended before. */
export async function insertSuspension(tx: Write, person: string, at: Date, by: string): Promise<boolean> {
  return (await tx.run(add, [person, at, by])).length > 0;
}

/** False when the person was not suspended. */
export async function removeSuspension(tx: Write, person: string): Promise<boolean> {
  return (await tx.run(remove, [person])).length > 0;
}

export function selectSuspended(viewer: Viewer): Selection {
  const { where, ...selection } = selectPeople(viewer, { ...personLists.allPeople, name: 'suspendedPeople' }, 'NAME');
  const suspended = condition('EXISTS (SELECT 1 FROM suspension s WHERE s.person_id = p.id)');
  return { ...selection, where: [...where, suspended] };
}
