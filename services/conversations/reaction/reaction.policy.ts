import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';
import { listedMessage, visibleMessage } from '../message/message.policy.js';

/** A reaction exists for those for whom its message does. */
export function visibleReaction(viewer: Viewer, alias = 'r'): Condition {
  return toMessage(alias, visibleMessage(viewer, 'to_message'));
}

/** Reactions to what lists of messages contain. */
export function listedReaction(viewer: Viewer, alias = 'r'): Condition {
  return toMessage(alias, listedMessage(viewer, 'to_message'));
}

function toMessage(alias: string, { text, values }: Condition): Condition {
  return {
    text: `EXISTS (SELECT 1 FROM message to_message WHERE to_message.id = ${alias}.message_id AND ${text})`,
    values,
  };
}
