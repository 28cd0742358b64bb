import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { AccessToken } from './access-token.entity.js';
import { visibleAccessToken } from './access-token.policy.js';
import { accessTokenColumns } from './access-token.repository.js';

export function accessTokenLoader(ctx: RequestContext): RowLoader<AccessToken> {
  return rowLoader<AccessToken>(ctx, {
    from: 'access_token a',
    alias: 'a',
    columns: accessTokenColumns,
    visible: visibleAccessToken(ctx.viewer),
  });
}
