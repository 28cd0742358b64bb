import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition, toStatement } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { type DirectoryOrderName, directoryOrders } from '../directory/directory-order.js';
import { nameContains } from '../directory/name-contains.js';
import { Team } from './team.entity.js';
import { visibleTeam } from './team.policy.js';

export const teamColumns = selectList(Team, 't');

export interface TeamFilter {
  readonly nameContains?: string | null;
  readonly organization?: string | null;
  readonly parent?: string | null;
  readonly member?: string | null;
}

const orders = directoryOrders('t');
const allTeams: List = { name: 'teams', from: 'team t', columns: teamColumns };
const teamsOfOrganization: List = { ...allTeams, name: 'Organization.teams', parent: 't.organization_id' };
const children: List = { ...allTeams, name: 'Team.children', parent: 't.parent_id' };
export const teamLists = { allTeams, teamsOfOrganization, children };

export function selectTeams(viewer: Viewer, list: List, order: DirectoryOrderName, filter: TeamFilter = {}): Selection {
  return { list, order: orders[order], where: [visibleTeam(viewer), ...conditionsOf(filter)] };
}

function conditionsOf(filter: TeamFilter): Condition[] {
  const member = `EXISTS (SELECT 1 FROM membership m WHERE m.team_id = t.id AND m.person_id = ? AND m.ended_at IS NULL)`;
  return [
    ...(filter.nameContains ? [nameContains('t', filter.nameContains)] : []),
    ...(filter.organization ? [condition('t.organization_id = ?', filter.organization)] : []),
    ...(filter.parent ? [condition('t.parent_id = ?', filter.parent)] : []),
    ...(filter.member ? [condition(member, filter.member)] : []),
  ];
}

/** So many teams a person shows at once; the rest is in their memberships. */
export const maxCurrentTeams = 50;

/**
 * The teams each of these people is in now, by name. Colleagues are in the same teams: each team is read once, with the people of it
 * that were asked for.
 */
export async function currentTeams(
  database: Database,
  viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Team[]>> {
  const { statement, values } = toStatement(
    (place) => `
      SELECT ${teamColumns}, array_agg(m.person_id) AS "$people" FROM membership m JOIN team t ON t.id = m.team_id
      WHERE m.person_id = ANY(${place(condition('?::text[]', personIds))}) AND m.ended_at IS NULL AND ${place(visibleTeam(viewer))}
      GROUP BY t.id ORDER BY lower(t.name), t.id`,
  );
  const teams = new Map<string, Team[]>(personIds.map((id) => [id, []]));
  for (const team of await database.read<Team & { $people: string[] }>(statement, values)) {
    for (const person of team.$people) {
      const known = teams.get(person);
      if (known && known.length < maxCurrentTeams) known.push(team);
    }
  }
  return teams;
}

const lockHierarchy = statement(`SELECT pg_advisory_xact_lock(hashtext('people.team.hierarchy'))`);
const above = statement(`
  WITH RECURSIVE up AS (
    SELECT id, parent_id FROM team WHERE id = ANY($1::text[])
    UNION SELECT t.id, t.parent_id FROM team t JOIN up ON t.id = up.parent_id
  ) SELECT id, parent_id AS "parentId" FROM up`);

/** These teams and all above them, each with its parent. Until the end of the transaction no team gets another one. */
export async function teamsAbove(tx: Write, teams: readonly string[]): Promise<Map<string, string | null>> {
  await tx.run(lockHierarchy);
  const rows = await tx.run<Pick<Team, 'id' | 'parentId'>>(above, [teams]);
  return new Map(rows.map((row) => [row.id, row.parentId]));
}
