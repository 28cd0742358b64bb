import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Contribution } from './contribution.entity.js';
import { visibleContribution } from './contribution.policy.js';
import { contributionColumns } from './contribution.repository.js';

export function contributionLoader(ctx: RequestContext): RowLoader<Contribution> {
  return rowLoader<Contribution>(ctx, {
    from: 'contribution c',
    alias: 'c',
    columns: contributionColumns,
    visible: visibleContribution(ctx.viewer),
  });
}
