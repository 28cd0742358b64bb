import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Challenge } from './challenge.entity.js';
import { visibleChallenge } from './challenge.policy.js';
import { challengeColumns } from './challenge.repository.js';

export function challengeLoader(ctx: RequestContext): RowLoader<Challenge> {
  return rowLoader<Challenge>(ctx, {
    from: 'challenge c',
    alias: 'c',
    columns: challengeColumns,
    visible: visibleChallenge(ctx.viewer),
  });
}
