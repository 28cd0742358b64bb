import type { DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import type { TeamDay } from '../team-tie/team-tie-day.repository.js';
import { tellTeamTies } from '../team-tie/tell-team-ties.js';

const pairsOf = statement('SELECT pair::text AS pair FROM tie WHERE a = $1');
const removeDays = statement(`
  DELETE FROM tie_day WHERE pair = ANY($1::bigint[]) RETURNING team_tie::text AS "teamTie", day`);
const removals = [
  'DELETE FROM counted_interaction WHERE pair = ANY($1::bigint[])',
  'DELETE FROM tie_fact WHERE pair = ANY($1::bigint[])',
  'DELETE FROM tie WHERE pair = ANY($1::bigint[]) AND a < b',
].map((text) => statement(text));
const removeOtherSides = statement('DELETE FROM tie WHERE a = $1 OR b = $1');
const removeContributions = statement('DELETE FROM idea_contribution WHERE person = $1');

/**
 * Deletes all ties of a person with everything they were made of, and tells those of teams anew without them. For who wants no
 * ties, and for who is erased. What was imported stays with the import.
 */
export async function forgetTies(tx: Write, personId: string): Promise<void> {
  const pairs = (await tx.run<{ pair: string }>(pairsOf, [personId])).map(({ pair }) => pair);
  const days = await removeAll(tx, personId, pairs);
  await tellTeamTies(
    tx,
    days.flatMap(({ teamTie, day }) => (teamTie === null ? [] : [{ teamTie, day }])),
  );
}

async function removeAll(
  tx: DatabaseTransaction,
  personId: string,
  pairs: readonly string[],
): Promise<{ teamTie: TeamDay['teamTie'] | null; day: number }[]> {
  const days = await tx.run<{ teamTie: string | null; day: number }>(removeDays, [pairs]);
  for (const removal of removals) await tx.run(removal, [pairs]);
  await tx.run(removeOtherSides, [personId]);
  await tx.run(removeContributions, [personId]);
  return days;
}
