import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { invalid } from '#kernel/errors/user-error.js';
import type { ConversationsContext } from '../conversations-context.js';
import type { Message } from '../message/message.entity.js';
import { removed, requireMessage } from '../message/message.js';
import { emojiProblem } from './emoji.js';
import type { Reaction } from './reaction.entity.js';
import { deleteReaction, insertReaction } from './reaction.repository.js';

export interface React {
  readonly message: string;
  readonly emoji: string;
  readonly idempotencyKey?: string | null;
}

export interface ChangedReaction {
  readonly reaction: Reaction | null;
  readonly message: Message;
  readonly cursor: string | null;
}

/** Answers a message with an emoji. The same person giving the same one again changes nothing. */
export async function react(ctx: ConversationsContext, input: React): Promise<ChangedReaction> {
  const viewer = signedInPerson(ctx.viewer);
  checkEmoji(input.emoji);
  const message = await requireMessage(ctx, input.message, 'message');
  await ctx.spaces.require(viewer, 'contribute', message.spaceId, 'message');
  if (message.removedAt) throw removed('reacted to');
  const { result: id, cursor } = await ctx.write({ name: 'react', input }, async (tx) => {
    const reaction = newReaction(ctx, message, viewer.personId, input.emoji);
    const kept = await insertReaction(tx, reaction);
    if (kept !== reaction.id) return kept;
    const data = { conversation: message.conversationId, emoji: input.emoji, messageAuthor: message.authorId };
    tx.append({ type: 'conversations.message.reacted', subject: message.id, space: message.spaceId, data });
    return kept;
  });
  ctx.reactionCounts.clear(message.id);
  return { reaction: await ctx.reactions.load(id), message, cursor };
}

export interface WithdrawReaction {
  readonly message: string;
  readonly emoji: string;
  readonly idempotencyKey?: string | null;
}

/** Takes a reaction back. Taking back what was never given changes nothing. */
export async function withdrawReaction(
  ctx: ConversationsContext,
  input: WithdrawReaction,
): Promise<Omit<ChangedReaction, 'reaction'>> {
  const viewer = signedInPerson(ctx.viewer);
  checkEmoji(input.emoji);
  const message = await requireMessage(ctx, input.message, 'message');
  const { cursor } = await ctx.write({ name: 'withdrawReaction', input }, async (tx) => {
    if (!(await deleteReaction(tx, message.id, viewer.personId, input.emoji))) return message.id;
    const data = { conversation: message.conversationId, emoji: input.emoji, messageAuthor: message.authorId };
    tx.append({ type: 'conversations.message.reactionWithdrawn', subject: message.id, space: message.spaceId, data });
    return message.id;
  });
  ctx.reactionCounts.clear(message.id);
  return { message, cursor };
}

function checkEmoji(emoji: string): void {
  const problem = emojiProblem(emoji);
  if (problem) throw invalid(problem, 'emoji');
}

function newReaction(ctx: ConversationsContext, message: Message, personId: string, emoji: string): Reaction {
  return {
    id: ctx.newId('Reaction'),
    messageId: message.id,
    spaceId: message.spaceId,
    personId,
    emoji,
    createdAt: ctx.now(),
  };
}
