import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { checkMayKeepDirectory, visibleInDirectory } from '../directory/directory.policy.js';
import { visiblePerson } from '../person/person.policy.js';

/** To outsiders a team exists that is of their organisation, or that somebody is in whom they see. */
export function visibleTeam(viewer: Viewer, alias = 't'): Condition {
  return visibleInDirectory(viewer, ({ organizationId }) => {
    const person = visiblePerson(viewer, 'seen');
    return {
      text: `(${alias}.organization_id = ? OR EXISTS (
        SELECT 1 FROM membership of JOIN person seen ON seen.id = of.person_id
        WHERE of.team_id = ${alias}.id AND of.ended_at IS NULL AND ${person.text}))`,
      values: [organizationId, ...person.values],
    };
  });
}

export function checkMayKeepTeams(viewer: Viewer): void {
  checkMayKeepDirectory(viewer, 'form or change teams');
}
