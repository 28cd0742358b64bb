import DataLoader from 'dataloader';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Team } from './team.entity.js';
import { visibleTeam } from './team.policy.js';
import { currentTeams, teamColumns } from './team.repository.js';

export function teamLoader(ctx: RequestContext): RowLoader<Team> {
  return rowLoader<Team>(ctx, { from: 'team t', alias: 't', columns: teamColumns, visible: visibleTeam(ctx.viewer) });
}

/** The teams a person is in now, those of all people asked about in one statement. */
export type TeamsOfPersonLoader = Pick<DataLoader<string, readonly Team[]>, 'load' | 'clear'>;

export function teamsOfPersonLoader(ctx: RequestContext): TeamsOfPersonLoader {
  return new DataLoader<string, readonly Team[]>(async (personIds) => {
    const teams = await currentTeams(ctx.db, ctx.viewer, personIds);
    return personIds.map((id) => teams.get(id) ?? []);
  });
}
