import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { type DirectoryOrderName, directoryOrders } from '../directory/directory-order.js';
import { nameContains } from '../directory/name-contains.js';
import { Organization, type OrganizationRelation } from './organization.entity.js';
import { visibleOrganization } from './organization.policy.js';

export const organizationColumns = selectList(Organization, 'o');

export interface OrganizationFilter {
  readonly nameContains?: string | null;
  readonly relations?: readonly OrganizationRelation[] | null;
  readonly domain?: string | null;
}

const orders = directoryOrders('o');
const allOrganizations: List = { name: 'organizations', from: 'organization o', columns: organizationColumns };

export function selectOrganizations(
  viewer: Viewer,
  order: DirectoryOrderName,
  filter: OrganizationFilter = {},
): Selection {
  const where = [visibleOrganization(viewer), ...conditionsOf(filter)];
  return { list: allOrganizations, order: orders[order], where };
}

function conditionsOf(filter: OrganizationFilter): Condition[] {
  return [
    ...(filter.nameContains ? [nameContains('o', filter.nameContains)] : []),
    ...(filter.relations ? [condition('o.relation = ANY(?::text[])', filter.relations)] : []),
    ...(filter.domain ? [condition('o.domains @> ARRAY[?::text]', filter.domain)] : []),
  ];
}
