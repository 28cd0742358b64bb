import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import { checkMayKeepDirectory, visibleInDirectory } from '../directory/directory.policy.js';
import { visiblePerson } from '../person/person.policy.js';
import { visibleAgreement } from '../sharing-agreement/sharing-agreement.policy.js';

/**
 * To outsiders an organisation exists that is their own or the host, that owns a space they see, whose people they see, or that is a
 * party of an agreement they may read: a customer does not learn who the other customers are.
 */
export function visibleOrganization(viewer: Viewer, alias = 'o'): Condition {
  return visibleInDirectory(viewer, ({ organizationId }) => {
    const space = visibleSpace(viewer, 's.id', 'space');
    const person = visiblePerson(viewer, 'p');
    const agreement = visibleAgreement(viewer);
    return {
      text: `(${alias}.id = ? OR ${alias}.relation = 'host'
        OR EXISTS (SELECT 1 FROM space s WHERE s.owners @> ARRAY[${alias}.id] AND ${space.text})
        OR EXISTS (SELECT 1 FROM person p WHERE p.organization_id = ${alias}.id AND ${person.text})
        OR EXISTS (SELECT 1 FROM sharing_agreement a WHERE a.organization_ids @> ARRAY[${alias}.id] AND ${agreement.text}))`,
      values: [organizationId, ...space.values, ...person.values, ...agreement.values],
    };
  });
}

export function checkMayKeepOrganizations(viewer: Viewer): void {
  checkMayKeepDirectory(viewer, 'register or change organisations');
}
