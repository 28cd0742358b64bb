import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { visibleIdea } from '../idea/idea.policy.js';
import type { Contribution } from './contribution.entity.js';

/** A contribution exists for those for whom its idea does. */
export function visibleContribution(viewer: Viewer, alias = 'c'): Condition {
  const idea = visibleIdea(viewer, 'of');
  return {
    text: `EXISTS (SELECT 1 FROM idea of WHERE of.id = ${alias}.idea_id AND ${idea.text})`,
    values: idea.values,
  };
}

export function checkMayChangeContribution(viewer: Viewer, contribution: Contribution): void {
  if (isAdministrator(viewer)) return;
  if (viewer.kind === 'person' && contribution.authorId === viewer.personId) return;
  throw notAllowed('change this contribution', 'its author and administrators');
}
