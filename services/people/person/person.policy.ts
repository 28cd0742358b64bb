import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { checkMayKeepDirectory, visibleInDirectory } from '../directory/directory.policy.js';
import type { Person } from './person.entity.js';

export function visiblePerson(viewer: Viewer): Condition {
  return visibleInDirectory(viewer);
}

export function checkMayRegisterPeople(viewer: Viewer): void {
  checkMayKeepDirectory(viewer, 'register people');
}

/** What decides what a person may see; whoever could change it for oneself could let oneself in anywhere. */
const decidesAccess: readonly string[] = ['organizationId', 'party'] satisfies (keyof Person)[];

export function checkMayRevisePerson(viewer: Viewer, personId: string, change: Partial<Person>): void {
  if (isAdministrator(viewer)) return;
  if (signedInPerson(viewer).personId !== personId) {
    throw notAllowed('change this person', 'the person and administrators');
  }
  if (Object.keys(change).some((field) => decidesAccess.includes(field))) {
    throw notAllowed('change your organisation or party', 'an administrator');
  }
}
