import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { Message } from './message.entity.js';

/** A message exists for those for whom its space does. */
export function visibleMessage(viewer: Viewer, alias = 'm'): Condition {
  return visibleSpace(viewer, `${alias}.space_id`);
}

/** Words stand under the name of their author, so nobody else may change them, not even an administrator. */
export function checkMayEdit(viewer: Viewer, message: Pick<Message, 'authorId'>): void {
  if (isAuthor(viewer, message)) return;
  throw notAllowed('edit this message', 'only its author');
}

export function checkMayRemove(viewer: Viewer, message: Pick<Message, 'authorId'>): void {
  if (isAdministrator(viewer) || isAuthor(viewer, message)) return;
  throw notAllowed('remove this message', 'its author and administrators');
}

function isAuthor(viewer: Viewer, message: Pick<Message, 'authorId'>): boolean {
  return viewer.kind === 'person' && message.authorId === viewer.personId;
}
