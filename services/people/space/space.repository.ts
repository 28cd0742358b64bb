import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { SpaceVisibility } from '#kernel/spaces/space-visibility.js';
import type { Write } from '#kernel/write/write.js';
import { type DirectoryOrderName, directoryOrders } from '../directory/directory-order.js';
import { nameContains } from '../directory/name-contains.js';
import { Space } from './space.entity.js';
import { visibleSpace } from './space.policy.js';

export const spaceColumns = selectList(Space, 's');

export interface SpaceFilter {
  readonly nameContains?: string | null;
  readonly visibilities?: readonly SpaceVisibility[] | null;
  readonly owner?: string | null;
  readonly member?: string | null;
}

const orders = directoryOrders('s');
const allSpaces: List = { name: 'spaces', from: 'space s', columns: spaceColumns };
const spacesOfPerson: List = {
  name: 'Person.spaces',
  from: 'space s JOIN space_member m ON m.space_id = s.id AND m.role IS NOT NULL',
  columns: spaceColumns,
  parent: 'm.person_id',
};
export const spaceLists = { allSpaces, spacesOfPerson };

export function selectSpaces(
  viewer: Viewer,
  list: List,
  order: DirectoryOrderName,
  filter: SpaceFilter = {},
): Selection {
  return { list, order: orders[order], where: [visibleSpace(viewer), ...conditionsOf(filter)] };
}

function conditionsOf(filter: SpaceFilter): Condition[] {
  const member = `EXISTS (SELECT 1 FROM space_member f WHERE f.space_id = s.id AND f.person_id = ? AND f.role IS NOT NULL)`;
  return [
    ...(filter.nameContains ? [nameContains('s', filter.nameContains)] : []),
    ...(filter.visibilities ? [condition('s.visibility = ANY(?::text[])', filter.visibilities)] : []),
    ...(filter.owner ? [condition('s.owners @> ARRAY[?::text]', filter.owner)] : []),
    ...(filter.member ? [condition(member, filter.member)] : []),
  ];
}

export interface SpaceChange {
  readonly name?: string;
  readonly purpose?: string;
  readonly visibility?: SpaceVisibility;
  readonly owners?: readonly string[];
}

const revise = statement(`
  UPDATE space s SET name = coalesce($2, name), purpose = coalesce($3, purpose), visibility = coalesce($4, visibility),
    owners = coalesce($5::text[], owners), updated_at = $6
  WHERE id = $1 RETURNING ${spaceColumns}`);

/** The space as it is from now on; its row is held, so events of one space are in the order of its changes. */
export async function reviseSpaceRow(tx: Write, id: string, change: SpaceChange, at: Date): Promise<Space | undefined> {
  const { name, purpose, visibility, owners } = change;
  const values = [id, name ?? null, purpose ?? null, visibility ?? null, owners ?? null, at];
  const [revised] = await tx.run<Space>(revise, values);
  return revised;
}
