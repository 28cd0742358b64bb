import type { Viewer } from '#kernel/auth/viewer.js';
import { allOf, type Condition, condition } from '#kernel/connections/condition.js';
import { visibleOrganization } from '../organization/organization.policy.js';
import { visibleTeam } from '../team/team.policy.js';

/** The tie of two teams exists for those for whom both do, and only as long as something is left of it. */
export function visibleTeamTie(viewer: Viewer): Condition {
  // Teams and organisations are found by all or by none of the viewers, so that no row needs to be looked at.
  return allOf([condition('t.interactions > 0'), visibleTeam(viewer), visibleOrganization(viewer)]);
}
