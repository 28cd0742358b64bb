import { requireAdministrator, signedInPerson } from '#kernel/auth/require-viewer.js';
import type { Scope } from '#kernel/auth/scopes.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { invalid } from '#kernel/errors/user-error.js';
import { recordScopes } from '#kernel/records/records.policy.js';
import type { Organization } from '../organization/organization.entity.js';
import { isAppointed } from '../organization-administrator/organization-administrator.policy.js';
import type { PeopleContext } from '../people-context.js';
import type { Space } from '../space/space.entity.js';

/** Clients exist for administrators of the hub, for those of their organisation, and for whoever made them. */
export function visibleApiClient(viewer: Viewer): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  if (viewer.kind !== 'person') return condition('FALSE');
  const appointed =
    'c.organization_id = ? AND EXISTS (SELECT 1 FROM organization_administrator a WHERE a.organization_id = c.organization_id AND a.person_id = ?)';
  return condition(
    `(c.creator_id = ? OR (${appointed}))`,
    viewer.personId,
    viewer.organizationId ?? '',
    viewer.personId,
  );
}

/** What its organisation reads and brings in. What takes a person - supporting, reacting, deciding, letting in - no client does. */
const scopesOfClients: readonly Scope[] = [
  'people:read',
  'spaces:read',
  'ideas:read',
  'ideas:write',
  'conversations:read',
  'conversations:write',
  ...recordScopes,
];

/** The spaces a new client is limited to, and which of them whoever makes it owns or facilitates. */
export interface ClientSpaces {
  readonly spaces: readonly Space[];
  readonly tended: ReadonlySet<Space>;
}

/**
 * Administrators of the hub make clients of any organisation, those of an organisation for theirs, and who tends spaces of their own
 * organisation for these spaces. Into a private space only those let a client in who let people in.
 */
export async function checkMayCreateClient(
  ctx: PeopleContext,
  organization: Organization,
  limits: ClientSpaces | null,
): Promise<void> {
  const person = signedInPerson(ctx.viewer);
  if (person.administrator) return;
  if (limits?.spaces.some((space) => space.visibility === 'private' && !limits.tended.has(space)))
    throw notAllowed('let an API client into this private space', 'its owners and facilitators');
  const own = person.organizationId === organization.id;
  const tendsAll = limits?.spaces.every((space) => limits.tended.has(space)) ?? false;
  if ((own && tendsAll) || (await isAppointed(ctx, organization))) return;
  throw notAllowed(
    'make this API client',
    'administrators of the hub and of the organisation, and who owns or facilitates each of its spaces in that organisation,',
  );
}

/** Records speak for everybody and reach everywhere. */
export function checkMayGiveRecords(
  viewer: Viewer,
  scopes: readonly Scope[],
  { relation }: Organization,
  limits: ClientSpaces | null,
): void {
  const given = scopes.find((scope) => recordScopes.includes(scope));
  if (given === undefined) return;
  requireAdministrator(viewer, `give an API client "${given}"`);
  if (relation === 'host' && limits === null) return;
  throw invalid(`Only a client of the host that is not limited to spaces can have "${given}".`, 'scopes');
}

export function checkScopesOfClient(scopes: readonly Scope[]): void {
  const never = scopes.find((scope) => !scopesOfClients.includes(scope));
  if (never === undefined) return;
  const text = `An API client cannot have "${never}": it can have ${scopesOfClients.join(', ')}. A program that does more acts as somebody, with an access token of theirs.`;
  throw invalid(text, 'scopes');
}
