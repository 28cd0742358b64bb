import { Client } from 'pg';

/**
 * How many rows of each kind a hub holds, the numbers it keeps of them, and its events by type; those of ties left out, which
 * follow from the others in their own time, and those that say that there was an import or an export.
 */
export type StoredTotals = Readonly<Record<string, number>>;

const counted = `
  SELECT 'organizations' AS name, count(*)::integer AS total FROM people.organization
  UNION ALL SELECT 'teams', count(*) FROM people.team
  UNION ALL SELECT 'people', count(*) FROM people.person
  UNION ALL SELECT 'memberships', count(*) FROM people.membership
  UNION ALL SELECT 'perspectives', count(*) FROM people.perspective
  UNION ALL SELECT 'spaces', count(*) FROM people.space
  UNION ALL SELECT 'space members', count(*) FROM people.space_member
  UNION ALL SELECT 'interactions', count(*) FROM people.interaction
  UNION ALL SELECT 'challenges', count(*) FROM ideas.challenge
  UNION ALL SELECT 'ideas', count(*) FROM ideas.idea
  UNION ALL SELECT 'revisions', count(*) FROM ideas.idea_revision
  UNION ALL SELECT 'links', count(*) FROM ideas.idea_link
  UNION ALL SELECT 'contributions', count(*) FROM ideas.contribution
  UNION ALL SELECT 'contributions counted', sum(contribution_count) FROM ideas.idea
  UNION ALL SELECT 'endorsements', count(*) FROM ideas.endorsement WHERE active
  UNION ALL SELECT 'endorsements counted', sum(endorsement_count) FROM ideas.idea
  UNION ALL SELECT 'conversations', count(*) FROM conversations.conversation
  UNION ALL SELECT 'messages', count(*) FROM conversations.message
  UNION ALL SELECT 'messages counted', sum(message_count) FROM conversations.conversation
  UNION ALL SELECT 'reactions', count(*) FROM conversations.reaction
  UNION ALL SELECT type, count(*) FROM people.event WHERE type NOT LIKE 'people.tie.%' AND type NOT LIKE 'people.teamTie.%' AND type !~ '[.](im|ex)ported$' GROUP BY type
  UNION ALL SELECT type, count(*) FROM ideas.event WHERE type !~ '[.](im|ex)ported$' GROUP BY type
  UNION ALL SELECT type, count(*) FROM conversations.event WHERE type !~ '[.](im|ex)ported$' GROUP BY type`;

export async function storedTotals(databaseUrl: string): Promise<StoredTotals> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; total: number | null }>(counted);
    return Object.fromEntries(rows.map(({ name, total }) => [name, Number(total ?? 0)]));
  } finally {
    await client.end();
  }
}

/** What changed between two totals; a name that is new began at nothing. */
export function differences(before: StoredTotals, after: StoredTotals): StoredTotals {
  const changed = Object.entries(after).map(([name, total]) => [name, total - (before[name] ?? 0)] as const);
  return Object.fromEntries(changed.filter(([, difference]) => difference !== 0));
}

/** The numbers kept of rows that are not those of the rows themselves. */
export function wrongCounts(totals: StoredTotals): string[] {
  const kept = ['contributions', 'endorsements', 'messages'];
  return kept.filter((name) => totals[name] !== totals[`${name} counted`]);
}
