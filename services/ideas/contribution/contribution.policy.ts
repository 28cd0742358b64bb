import { isAdministrator, isViewer, type Viewer } from '#kernel/auth/viewer.js';
import { allOf, type Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { hiddenOnlyFromOthers, notHidden } from '#kernel/moderation/moderation.policy.js';
import { knownAuthor } from '#kernel/spaces/known-author.js';
import { listedIdea, visibleIdea } from '../idea/idea.policy.js';
import type { Contribution } from './contribution.entity.js';

/** A contribution exists for those for whom its idea does; a hidden one for its author and moderators only. */
export function visibleContribution(viewer: Viewer, alias = 'c'): Condition {
  const isAuthor = `${alias}.author_id = ?`;
  return ofIdea(alias, [visibleIdea(viewer, 'of'), hiddenOnlyFromOthers(viewer, alias, 'of.space_id', isAuthor)]);
}

/** What lists of what somebody contributed contain: nothing that would show who they are to who may not see them. */
export function contributionOfKnown(viewer: Viewer, alias = 'c'): Condition {
  const known = knownAuthor(viewer, 'of.space_id', `${alias}.author_id = ?`);
  return ofIdea(alias, [listedIdea(viewer, 'of'), known, notHidden(alias)]);
}

function ofIdea(alias: string, conditions: readonly Condition[]): Condition {
  const { text, values } = allOf(conditions);
  return { text: `EXISTS (SELECT 1 FROM idea of WHERE of.id = ${alias}.idea_id AND ${text})`, values };
}

export function checkMayChangeContribution(viewer: Viewer, contribution: Contribution): void {
  if (isAdministrator(viewer)) return;
  if (isViewer(viewer, contribution.authorId)) return;
  throw notAllowed('change this contribution', 'its author and administrators');
}
