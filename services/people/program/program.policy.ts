import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { spaceShowingPeople } from '#kernel/spaces/visible-space.js';
import { visibleInDirectory } from '../directory/directory.policy.js';

/**
 * Programs are found as people are: by those inside, and by outsiders whose own organisation they act for, or to whom a space shows
 * what they wrote. A revoked one is still who wrote it.
 */
export function visibleProgram(viewer: Viewer): Condition {
  return visibleInDirectory(viewer, ({ organizationId }) => {
    const shown = spaceShowingPeople(viewer, 'known.space_id');
    return {
      text: `(c.id = ? OR c.organization_id = ? OR EXISTS (
        SELECT 1 FROM appearance known WHERE known.person_id = c.id AND ${shown.text}))`,
      values: [viewer.kind === 'client' ? viewer.clientId : '', organizationId, ...shown.values],
    };
  });
}
