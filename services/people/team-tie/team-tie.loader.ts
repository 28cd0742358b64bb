import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { TeamTie } from './team-tie.js';
import { visibleTeamTie } from './team-tie.policy.js';
import { teamTieColumns } from './team-tie-list.js';

export function teamTieLoader(ctx: RequestContext): RowLoader<TeamTie> {
  return rowLoader<TeamTie>(ctx, {
    from: 'team_tie t',
    alias: 't',
    columns: teamTieColumns,
    visible: visibleTeamTie(ctx.viewer),
  });
}
