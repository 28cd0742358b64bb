import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';

// A space is shared by an agreement only while all its owners are among those who signed: an owner who came later has agreed
// to nothing.
const lettingIn = (right: string) => `ARRAY(
  SELECT DISTINCT party FROM sharing_agreement a CROSS JOIN unnest(a.organization_ids) AS party
  WHERE a.space_ids @> ARRAY[s.id] AND a.in_force_at IS NOT NULL AND a.revoked_at IS NULL
    AND s.owners <@ a.organization_ids AND a.rights @> ARRAY['${right}'] AND party <> ALL(s.owners) ORDER BY party)`;

const refresh = statement(`
  UPDATE space SET shared_read = now.read, shared_contribute = now.contribute, shared_people = now.people
  FROM (
    SELECT s.id, ${lettingIn('read')} AS read, ${lettingIn('contribute')} AS contribute, ${lettingIn('people')} AS people
    FROM space s WHERE s.id = ANY($1::text[])
  ) now
  WHERE space.id = now.id AND (space.shared_read, space.shared_contribute, space.shared_people)
    IS DISTINCT FROM (now.read, now.contribute, now.people)
  RETURNING space.id, now.read, now.contribute, now.people`);

/**
 * Works out anew whom agreements let into these spaces, and tells where that changed. Called within every change of an
 * agreement's standing and of a space's owners, by who has its turn with these spaces.
 */
export async function refreshSharing(tx: Write, spaceIds: readonly string[]): Promise<void> {
  const changed = await tx.run<{ id: string; read: string[]; contribute: string[]; people: string[] }>(refresh, [
    spaceIds,
  ]);
  for (const { id, read, contribute, people } of changed) {
    const data = { readers: read, contributors: contribute, people };
    tx.append({ type: 'people.space.sharingChanged', subject: id, space: id, data });
  }
}
