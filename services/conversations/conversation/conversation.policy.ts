import { isAdministrator, isViewer, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { Conversation } from './conversation.entity.js';

/** A conversation exists for those for whom its space does. */
export function visibleConversation(viewer: Viewer, alias = 'c'): Condition {
  return visibleSpace(viewer, `${alias}.space_id`);
}

export function checkMayChangeConversation(viewer: Viewer, conversation: Pick<Conversation, 'openerId'>): void {
  if (isAdministrator(viewer)) return;
  if (isViewer(viewer, conversation.openerId)) return;
  throw notAllowed('change this conversation', 'who opened it and administrators');
}
