import { signedInPerson } from '#kernel/auth/require-viewer.js';
import type { Scope } from '#kernel/auth/scopes.js';
import { isAdministrator, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { invalid } from '#kernel/errors/user-error.js';

/** Clients exist for administrators and for whoever made them. */
export function visibleApiClient(viewer: Viewer): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  return viewer.kind === 'person' ? condition('c.creator_id = ?', viewer.personId) : condition('FALSE');
}

/** A client acts for nobody in particular, so it changes nothing that somebody has to answer for. */
const scopesOfClients: readonly Scope[] = [
  'people:read',
  'spaces:read',
  'ideas:read',
  'conversations:read',
  'records:import',
  'records:export',
];
const ofAdministrators: readonly Scope[] = ['records:import', 'records:export'];

/** Administrators make clients of any organisation; who tends spaces of their own organisation makes clients of these spaces. */
export function checkMayCreateClient(viewer: Viewer, organization: string, tended: boolean): PersonViewer {
  const person = signedInPerson(viewer);
  if (person.administrator || (tended && person.organizationId === organization)) return person;
  throw notAllowed(
    'make this API client',
    'administrators, and who owns or facilitates each of its spaces in their own organisation,',
  );
}

export function checkScopesOfClient(viewer: PersonViewer, scopes: readonly Scope[], spaces: unknown): void {
  const never = scopes.find((scope) => !scopesOfClients.includes(scope));
  if (never !== undefined) {
    const text = `An API client cannot have "${never}": changes are made by people. It can have ${scopesOfClients.join(', ')}; a program that acts as somebody uses an access token of theirs.`;
    throw invalid(text, 'scopes');
  }
  const reserved = scopes.find((scope) => ofAdministrators.includes(scope));
  if (reserved === undefined) return;
  if (!viewer.administrator) throw notAllowed(`give an API client "${reserved}"`, 'administrators');
  if (spaces) throw invalid(`"${reserved}" reaches every space, so such a client has no "spaces".`, 'scopes');
}
