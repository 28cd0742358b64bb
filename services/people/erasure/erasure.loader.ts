import DataLoader from 'dataloader';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Erasure, ErasureReceipt } from './erasure.entity.js';
import { visibleErasure } from './erasure.policy.js';
import { erasureColumns, receiptsOf } from './erasure.repository.js';

export function erasureLoader(ctx: RequestContext): RowLoader<Erasure> {
  return rowLoader<Erasure>(ctx, {
    from: 'erasure e',
    alias: 'e',
    columns: erasureColumns,
    visible: visibleErasure(ctx.viewer),
  });
}

export type ErasureReceiptLoader = DataLoader<string, readonly ErasureReceipt[]>;

export function erasureReceiptLoader(ctx: RequestContext): ErasureReceiptLoader {
  return new DataLoader<string, readonly ErasureReceipt[]>(
    async (erasureIds) => {
      const found = await receiptsOf(ctx.db, erasureIds);
      return erasureIds.map((id) => found.filter(({ erasureId }) => erasureId === id));
    },
    { cache: false },
  );
}
