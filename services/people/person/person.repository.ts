import type { PartyKind, Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition, toStatement } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { sqlState } from '#kernel/database/outage.js';
import { selectList } from '#kernel/database/select-list.js';
import { UserError } from '#kernel/errors/user-error.js';
import { type DirectoryOrderName, directoryOrders } from '../directory/directory-order.js';
import { nameContains } from '../directory/name-contains.js';
import { Person } from './person.entity.js';
import { visiblePerson } from './person.policy.js';

export const personColumns = selectList(Person, 'p');

export interface PersonFilter {
  readonly nameContains?: string | null;
  readonly organization?: string | null;
  readonly team?: string | null;
  readonly parties?: readonly PartyKind[] | null;
  readonly skills?: readonly string[] | null;
}

const orders = directoryOrders('p');
const allPeople: List = { name: 'people', from: 'person p', columns: personColumns };
const peopleOfOrganization: List = { ...allPeople, name: 'Organization.people', parent: 'p.organization_id' };
export const personLists = { allPeople, peopleOfOrganization };

export function selectPeople(
  viewer: Viewer,
  list: List,
  order: DirectoryOrderName,
  filter: PersonFilter = {},
): Selection {
  return { list, order: orders[order], where: [visiblePerson(viewer), ...conditionsOf(filter)] };
}

function conditionsOf(filter: PersonFilter): Condition[] {
  const inTeam = `EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.team_id = ? AND m.ended_at IS NULL)`;
  return [
    ...(filter.nameContains ? [nameContains('p', filter.nameContains)] : []),
    ...(filter.organization ? [condition('p.organization_id = ?', filter.organization)] : []),
    ...(filter.team ? [condition(inTeam, filter.team)] : []),
    ...(filter.parties ? [condition('p.party = ANY(?::text[])', filter.parties)] : []),
    ...(filter.skills ? [condition('p.skills @> ?::text[]', filter.skills)] : []),
  ];
}

/** The person of a handle, in whatever case it is written. */
export async function findByHandle(database: Database, viewer: Viewer, handle: string): Promise<Person | null> {
  const { statement, values } = toStatement(
    (place) => `
      SELECT ${personColumns} FROM person p
      WHERE lower(p.handle) = lower(${place(condition('?', handle))}) AND ${place(visiblePerson(viewer))}`,
  );
  const [person] = await database.read<Person>(statement, values);
  return person ?? null;
}

const uniqueViolation = '23505';

/** The index decides who gets a handle, so that two calls at once never both do. */
export async function claimHandle(handle: string | null | undefined, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!handle || sqlState(error) !== uniqueViolation) throw error;
    throw new UserError('TAKEN', `Somebody else has the handle "${handle}"; choose another.`, ['input', 'handle']);
  }
}
