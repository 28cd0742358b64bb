import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { ApiClient } from './api-client.entity.js';
import { visibleApiClient } from './api-client.policy.js';
import { apiClientColumns } from './api-client.repository.js';

export function apiClientLoader(ctx: RequestContext): RowLoader<ApiClient> {
  return rowLoader<ApiClient>(ctx, {
    from: 'api_client c',
    alias: 'c',
    columns: apiClientColumns,
    visible: visibleApiClient(ctx.viewer),
  });
}
