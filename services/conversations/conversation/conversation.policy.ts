import { isAdministrator, isViewer, type Viewer } from '#kernel/auth/viewer.js';
import { allOf, type Condition, condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { hiddenOnlyFromOthers, notHidden } from '#kernel/moderation/moderation.policy.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { Conversation } from './conversation.entity.js';

/** A conversation exists for those for whom its space does; a hidden one for its opener and moderators only. */
export function visibleConversation(viewer: Viewer, alias = 'c'): Condition {
  return allOf([visibleSpace(viewer, `${alias}.space_id`), unlessHiddenFrom(viewer, alias)]);
}

/** What lists and counts of conversations contain. */
export function listedConversation(viewer: Viewer, alias = 'c', space = `${alias}.space_id`): Condition {
  return allOf([visibleSpace(viewer, space), notHidden(alias)]);
}

/** What was said in a hidden conversation goes with it: it exists for whom the conversation does. */
export function inVisibleConversation(viewer: Viewer, message: string): Condition {
  const { text, values } = unlessHiddenFrom(viewer, 'around');
  return { text: `NOT EXISTS (${hiddenAround(message)} AND NOT (${text}))`, values };
}

/** That what was said is in no hidden conversation. */
export function inShownConversation(message: string): Condition {
  return condition(`NOT EXISTS (${hiddenAround(message)})`);
}

function hiddenAround(message: string): string {
  return `SELECT 1 FROM conversation around WHERE around.id = ${message}.conversation_id AND around.hidden_at IS NOT NULL`;
}

// Imported conversations have no opener: a comparison with nothing would be neither true nor false, and its negation neither.
function unlessHiddenFrom(viewer: Viewer, alias: string): Condition {
  return hiddenOnlyFromOthers(viewer, alias, `${alias}.space_id`, `${alias}.opener_id IS NOT DISTINCT FROM ?`);
}

export function checkMayChangeConversation(viewer: Viewer, conversation: Pick<Conversation, 'openerId'>): void {
  if (isAdministrator(viewer)) return;
  if (isViewer(viewer, conversation.openerId)) return;
  throw notAllowed('change this conversation', 'who opened it and administrators');
}
