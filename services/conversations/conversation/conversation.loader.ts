import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Conversation } from './conversation.entity.js';
import { visibleConversation } from './conversation.policy.js';
import { conversationColumns } from './conversation.repository.js';

export function conversationLoader(ctx: RequestContext): RowLoader<Conversation> {
  return rowLoader<Conversation>(ctx, {
    from: 'conversation c',
    alias: 'c',
    columns: conversationColumns,
    visible: visibleConversation(ctx.viewer),
  });
}
