import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Identity } from './identity.entity.js';
import { visibleIdentity } from './identity.policy.js';
import { identityColumns } from './identity.repository.js';

export function identityLoader(ctx: RequestContext): RowLoader<Identity> {
  return rowLoader<Identity>(ctx, {
    from: 'identity i',
    alias: 'i',
    columns: identityColumns,
    visible: visibleIdentity(ctx.viewer),
  });
}
