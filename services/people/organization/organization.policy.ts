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
export function visibleOrganization(viewer: Viewer): Condition {
  return visibleInDirectory(viewer, ({ organizationId }) => {
    const space = visibleSpace(viewer, 's.id', 'space');
    const person = visiblePerson(viewer, 'p');
    const agreement = visibleAgreement(viewer);
    return {
      text: `(o.id = ? OR o.relation = 'host'
        OR EXISTS (SELECT 1 FROM space s WHERE s.owners @> ARRAY[o.id] AND ${space.text})
        OR EXISTS (SELECT 1 FROM person p WHERE p.organization_id = o.id AND ${person.text})
        OR EXISTS (SELECT 1 FROM sharing_agreement a WHERE a.organization_ids @> ARRAY[o.id] AND ${agreement.text}))`,
      values: [organizationId, ...space.values, ...person.values, ...agreement.values],
    };
  });
}

export function checkMayKeepOrganizations(viewer: Viewer): void {
  checkMayKeepDirectory(viewer, 'register or change organisations');
}
