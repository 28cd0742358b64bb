import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Message } from './message.entity.js';
import { visibleMessage } from './message.policy.js';
import { messageColumns } from './message.repository.js';

export function messageLoader(ctx: RequestContext): RowLoader<Message> {
  return rowLoader<Message>(ctx, {
    from: 'message m',
    alias: 'm',
    columns: messageColumns,
    visible: visibleMessage(ctx.viewer),
  });
}
