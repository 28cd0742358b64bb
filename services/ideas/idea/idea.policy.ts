import { isAdministrator, isViewer, type Viewer } from '#kernel/auth/viewer.js';
import { allOf, type Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { hiddenOnlyFromOthers, notHidden } from '#kernel/moderation/moderation.policy.js';
import { knownAuthor } from '#kernel/spaces/known-author.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { Idea } from './idea.entity.js';

/** An idea exists for those for whom its space does; a hidden one for its authors and moderators only. */
export function visibleIdea(viewer: Viewer, alias = 'i'): Condition {
  const space = `${alias}.space_id`;
  const isAuthor = `? = ANY(${alias}.author_ids)`;
  return allOf([visibleSpace(viewer, space), hiddenOnlyFromOthers(viewer, alias, space, isAuthor)]);
}

/** What lists, counts and searches of ideas contain. */
export function listedIdea(viewer: Viewer, alias = 'i', space = `${alias}.space_id`): Condition {
  return allOf([visibleSpace(viewer, space), notHidden(alias)]);
}

/** What lists of the ideas of somebody contain besides: nothing that would show who they are to who may not see them. */
export function ideaOfKnown(viewer: Viewer, alias = 'i'): Condition {
  return knownAuthor(viewer, `${alias}.space_id`, `? = ANY(${alias}.author_ids)`);
}

export function checkMayChange(viewer: Viewer, idea: Pick<Idea, 'authorIds'>): void {
  if (isAdministrator(viewer)) return;
  if (idea.authorIds.some((id) => isViewer(viewer, id))) return;
  throw notAllowed('change this idea', 'its authors and administrators');
}
