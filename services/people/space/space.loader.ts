import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Space } from './space.entity.js';
import { visibleSpace } from './space.policy.js';
import { spaceColumns } from './space.repository.js';

export function spaceLoader(ctx: RequestContext): RowLoader<Space> {
  return rowLoader<Space>(ctx, {
    from: 'space s',
    alias: 's',
    columns: spaceColumns,
    visible: visibleSpace(ctx.viewer),
  });
}
