import type { Viewer } from '#kernel/auth/viewer.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import { visibleTeamTie } from './team-tie.policy.js';

export const teamTieColumns = `t.id, t.number::text AS number, t.g, t.h, t.state, t.weight, t.interactions, t.pairs, t.since, t.last_at AS "lastAt"`;

// A tie is in the list of each of its two teams.
const bothSides = `(SELECT g AS side, x.* FROM team_tie x UNION ALL SELECT h AS side, x.* FROM team_tie x) t`;

const tiesOfTeam: List = { name: 'Team.ties', from: bothSides, columns: teamTieColumns, parent: 't.side' };
const tiesOfOrganization: List = { ...tiesOfTeam, name: 'Organization.ties' };
export const teamTieLists = { tiesOfTeam, tiesOfOrganization };

const strongestFirst: ListOrder = {
  name: 'STRONGEST',
  direction: 'DESC',
  terms: [
    { sql: 't.rank', type: 'double precision' },
    { sql: 't.id', type: 'text' },
  ],
};

export function selectTeamTies(viewer: Viewer, list: List): Selection {
  return { list, order: strongestFirst, where: [visibleTeamTie(viewer)] };
}
