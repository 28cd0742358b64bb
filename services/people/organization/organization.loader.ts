import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Organization } from './organization.entity.js';
import { visibleOrganization } from './organization.policy.js';
import { organizationColumns } from './organization.repository.js';

export function organizationLoader(ctx: RequestContext): RowLoader<Organization> {
  return rowLoader<Organization>(ctx, {
    from: 'organization o',
    alias: 'o',
    columns: organizationColumns,
    visible: visibleOrganization(ctx.viewer),
  });
}
