import DataLoader from 'dataloader';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Reaction } from './reaction.entity.js';
import { visibleReaction } from './reaction.policy.js';
import { countReactions, type ReactionCount, reactionColumns } from './reaction.repository.js';

export function reactionLoader(ctx: RequestContext): RowLoader<Reaction> {
  return rowLoader<Reaction>(ctx, {
    from: 'reaction r',
    alias: 'r',
    columns: reactionColumns,
    visible: visibleReaction(ctx.viewer),
  });
}

/** Counts of the reactions to messages the viewer already got to see. */
export type ReactionCountLoader = DataLoader<string, readonly ReactionCount[]>;

export function reactionCountLoader(ctx: RequestContext): ReactionCountLoader {
  return new DataLoader<string, readonly ReactionCount[]>(async (messageIds) => {
    const counts = await countReactions(ctx.db, messageIds, ctx.viewer);
    return messageIds.map((id) => counts.get(id) ?? []);
  });
}
