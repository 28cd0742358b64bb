import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';

/** Of who records appearances and who forgets those of a person: what was recorded a moment before is forgotten as well. */
export const appearanceTurn = 'people.appearances';

export interface Appearance {
  readonly person: string;
  readonly space: string;
  /** Who says so; null for an import. */
  readonly by: string | null;
}

// People appear by what they do themselves. That somebody else names them counts only from inside: an outsider who names an id
// as author of theirs would otherwise learn who that is. Who was erased is still named by events that are handled late.
const record = statement(`
  INSERT INTO appearance (person_id, space_id)
  SELECT DISTINCT given.person, given.space FROM unnest($1::text[], $2::text[], $3::text[]) AS given(person, space, by)
  WHERE (given.by IS NULL OR given.by = given.person
      OR EXISTS (SELECT 1 FROM person p WHERE p.id = given.by AND p.party = 'internal'))
    AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.person_id = given.person)
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING`);

export async function recordAppearances(tx: Write, appearances: readonly Appearance[]): Promise<void> {
  if (appearances.length === 0) return;
  await tx.run(record, [
    appearances.map(({ person }) => person),
    appearances.map(({ space }) => space),
    appearances.map(({ by }) => by),
  ]);
}
