import { Client } from 'pg';
import type { BenchCluster } from './bench-cluster.js';
import type { BenchHub } from './bench-hub.js';
import { fillHub } from './fill-hub.js';

/** Hubs that have grown to some size; everything stands in the same tables with the same indexes. */
export interface GrownHub extends BenchHub {
  /** One space with half of all ideas. */
  readonly largeSpace: string;
}

/** Ideas in each of the other spaces, whatever the size of the hub. */
const ideasOfSpace = 500;

/** A million messages by the import would take minutes and show the same: these go straight into the tables. */
export async function growHubs(cluster: BenchCluster, sizes: readonly number[]): Promise<GrownHub[]> {
  const hub = await fillHub(cluster);
  const grown: GrownHub[] = [];
  for (const ideas of sizes) {
    const databaseUrl = await cluster.createDatabase(`ideas_${ideas}`, 'page');
    await grow(databaseUrl, ideas);
    grown.push({ ...hub, databaseUrl, space: idOf('space', 1), largeSpace: idOf('space', 0) });
  }
  return grown;
}

async function grow(url: string, ideas: number): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // of a run that is interrupted the server goes first
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    for (const text of [...directory(ideas), ...content(ideas), 'VACUUM ANALYZE']) await client.query(text);
  } finally {
    await client.end();
  }
}

/** A person for every ten ideas, in one to three teams; a space for every thousand ideas, and a large one. */
function directory(ideas: number): string[] {
  const [people, teams, spaces] = [ideas / 10, Math.ceil(ideas / 100), ideas / 2 / ideasOfSpace];
  const start = `timestamptz '2024-01-01'`;
  const space = `SELECT ${id('space', 'n')} AS id, 'Space ' || n AS name FROM generate_series(0, ${spaces}) n`;
  const access = `SELECT id, 'open', '{}'::text[], 0, '3'::xid8, 0 FROM (${space}) s`;
  return [
    `INSERT INTO people.team (id, name, purpose, created_at, updated_at)
     SELECT ${id('team', 'n')}, 'Team ' || n, '', ${start}, ${start} FROM generate_series(0, ${teams - 1}) n`,
    `INSERT INTO people.person (id, name, party, organization_id, skills, administrator, created_at, updated_at)
     SELECT ${id('person', 'n')}, 'Person ' || n, 'internal', (SELECT id FROM people.organization ORDER BY id OFFSET n % 5 LIMIT 1),
       '{}', false, ${start}, ${start} FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO people.membership (id, person_id, team_id, began_at)
     SELECT ${id('membership', 'n * 3 + k')}, ${id('person', 'n')}, ${id('team', `(n + k * 3) % ${teams}`)}, ${start}
     FROM generate_series(0, ${people - 1}) n, generate_series(0, 2) k WHERE k <= n % 3`,
    `INSERT INTO people.space (id, name, purpose, visibility, owners, created_at, updated_at)
     SELECT id, name, '', 'open', '{}', ${start}, ${start} FROM (${space}) s`,
    `INSERT INTO ideas.space_access (id, visibility, owners, epoch, xid, seq) ${access}`,
    `INSERT INTO conversations.space_access (id, visibility, owners, epoch, xid, seq) ${access}`,
  ];
}

/** Every second idea is in the large space, so that rows of one space lie apart on disk, as they do where people work at once. */
function content(ideas: number): string[] {
  const [people, spaces] = [ideas / 10, ideas / 2 / ideasOfSpace];
  const space = `CASE WHEN n % 2 = 0 THEN ${id('space', '0')} ELSE ${id('space', `1 + (n / 2) % ${spaces}`)} END`;
  const person = (seed: string) => id('person', `(${seed}) % ${people}`);
  const words = `'The depot in the north has the seal and the courier passes there on Tuesdays, number ' || n || '. '`;
  const at = `timestamptz '2024-01-01' + n * interval '5 minutes'`;
  const all = `generate_series(0, ${ideas - 1}) n`;
  return [
    `INSERT INTO ideas.idea (id, space_id, title, body, stage, tags, author_ids, participating_team_ids, revision,
       endorsement_count, contribution_count, created_at, updated_at)
     SELECT ${id('idea', 'n')}, ${space}, 'Idea ' || n, repeat(${words}, 4), 'submitted', '{}',
       ARRAY[${person('n')}, ${person('n * 7 + 1')}, ${person('n * 11 + 2')}], '{}', 1, n % 25, 6, ${at}, ${at} FROM ${all}`,
    `INSERT INTO ideas.contribution (id, idea_id, author_id, type, body, created_at, updated_at)
     SELECT ${id('contribution', 'n * 6 + k')}, ${id('idea', 'n')}, ${person('n * 3 + k * 5')}, 'build', repeat(${words}, 2),
       ${at} + k * interval '1 minute', ${at} + k * interval '1 minute' FROM ${all}, generate_series(0, 5) k`,
    `INSERT INTO conversations.conversation (id, space_id, idea_id, title, channel, message_count, last_message_at, created_at)
     SELECT ${id('conversation', 'n')}, ${space}, ${id('idea', 'n')}, 'About idea ' || n, 'internal', 10,
       ${at} + interval '9 minutes', ${at} FROM ${all}`,
    `INSERT INTO conversations.message (id, conversation_id, space_id, author_id, body, mention_ids, created_at)
     SELECT ${id('message', 'n * 10 + k')}, ${id('conversation', 'n')}, ${space}, ${person('n + k * 11')}, ${words}, '{}',
       ${at} + k * interval '1 minute' FROM ${all}, generate_series(0, 9) k`,
  ];
}

/** Of the form all ids have; the numbers begin where no minted id is. */
function id(prefix: string, number: string): string {
  return `('${prefix}_' || lpad((${number})::text, 26, '0'))`;
}

function idOf(prefix: string, number: number): string {
  return `${prefix}_${String(number).padStart(26, '0')}`;
}
