import { findsDirectory, type Viewer } from '#kernel/auth/viewer.js';
import { allOf, type Condition, condition } from '#kernel/connections/condition.js';
import { visibleOrganization } from '../organization/organization.policy.js';
import { visibleTeam } from '../team/team.policy.js';

/** The tie of two teams exists for those for whom both do, and only as long as something is left of it. */
export function visibleTeamTie(viewer: Viewer): Condition {
  const somethingLeft = condition('t.interactions > 0');
  // Those inside find every team, so for them no row needs to be looked at.
  if (findsDirectory(viewer)) return somethingLeft;
  return allOf([somethingLeft, visibleHomeTeam(viewer, 't.g'), visibleHomeTeam(viewer, 't.h')]);
}

/** Who acts from outside has their organisation for a team. */
function visibleHomeTeam(viewer: Viewer, column: string): Condition {
  const team = visibleTeam(viewer, 'side');
  const organization = visibleOrganization(viewer, 'side');
  return {
    text: `(EXISTS (SELECT 1 FROM team side WHERE side.id = ${column} AND ${team.text})
      OR EXISTS (SELECT 1 FROM organization side WHERE side.id = ${column} AND ${organization.text}))`,
    values: [...team.values, ...organization.values],
  };
}
