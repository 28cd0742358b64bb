import { isAdministrator, isViewer, type Viewer } from '#kernel/auth/viewer.js';
import { allOf, type Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { hiddenOnlyFromOthers, notHidden } from '#kernel/moderation/moderation.policy.js';
import { knownAuthor } from '#kernel/spaces/known-author.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import { inShownConversation, inVisibleConversation } from '../conversation/conversation.policy.js';
import type { Message } from './message.entity.js';

/** A message exists for those for whom its conversation does; a hidden one for its author and moderators only. */
export function visibleMessage(viewer: Viewer, alias = 'm'): Condition {
  const space = `${alias}.space_id`;
  const isAuthor = `${alias}.author_id = ?`;
  const hidden = hiddenOnlyFromOthers(viewer, alias, space, isAuthor);
  return allOf([visibleSpace(viewer, space), hidden, inVisibleConversation(viewer, alias)]);
}

/** What lists, counts and searches of messages contain. */
export function listedMessage(viewer: Viewer, alias = 'm'): Condition {
  return allOf([visibleSpace(viewer, `${alias}.space_id`), notHidden(alias), inShownConversation(alias)]);
}

/** What lists of what somebody said contain besides: nothing that would show who they are to who may not see them. */
export function saidByKnown(viewer: Viewer, alias = 'm'): Condition {
  return knownAuthor(viewer, `${alias}.space_id`, `${alias}.author_id = ?`);
}

/** Words stand under the name of their author, so nobody else may change them, not even an administrator. */
export function checkMayEdit(viewer: Viewer, message: Pick<Message, 'authorId'>): void {
  if (isViewer(viewer, message.authorId)) return;
  throw notAllowed('edit this message', 'only its author');
}

export function checkMayRemove(viewer: Viewer, message: Pick<Message, 'authorId'>): void {
  if (isAdministrator(viewer) || isViewer(viewer, message.authorId)) return;
  throw notAllowed('remove this message', 'its author and administrators');
}
