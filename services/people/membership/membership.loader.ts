import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Membership } from './membership.entity.js';
import { visibleMembership } from './membership.policy.js';
import { membershipColumns } from './membership.repository.js';

export function membershipLoader(ctx: RequestContext): RowLoader<Membership> {
  return rowLoader<Membership>(ctx, {
    from: 'membership m',
    alias: 'm',
    columns: membershipColumns,
    visible: visibleMembership(ctx.viewer),
  });
}
