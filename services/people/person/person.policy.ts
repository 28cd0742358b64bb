import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { spaceShowingPeople } from '#kernel/spaces/visible-space.js';
import { checkMayKeepDirectory, visibleInDirectory } from '../directory/directory.policy.js';
import type { Person } from './person.entity.js';

/**
 * To outsiders - guests, customers, partners - a person exists who is themselves, of their organisation, or known in a space that
 * shows them its people: as a member, or by what they did there. Whoever can read a message can read who wrote it.
 */
export function visiblePerson(viewer: Viewer, alias = 'p'): Condition {
  return visibleInDirectory(viewer, ({ personId, organizationId }) => {
    const shown = spaceShowingPeople(viewer, 'known.space_id');
    return {
      text: `(${alias}.id = ? OR ${alias}.organization_id = ? OR EXISTS (
        SELECT 1 FROM (
          SELECT sm.space_id FROM space_member sm WHERE sm.person_id = ${alias}.id AND sm.role IS NOT NULL
          UNION ALL SELECT a.space_id FROM appearance a WHERE a.person_id = ${alias}.id
        ) known WHERE ${shown.text}))`,
      values: [personId, organizationId, ...shown.values],
    };
  });
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
