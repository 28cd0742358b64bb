import { signedInAuthor } from '#kernel/auth/require-viewer.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import { isIdOf } from '#kernel/ids/id.js';
import { checkNotHidden } from '#kernel/moderation/moderation.js';
import { checkText } from '#kernel/write/check-text.js';
import type { ConversationsContext } from '../conversations-context.js';
import type { Message } from '../message/message.entity.js';
import { checkBody, enterMessage } from '../message/new-message.js';
import type { Conversation, ConversationChannel } from './conversation.entity.js';
import { checkMayChangeConversation } from './conversation.policy.js';
import { type ConversationChange, insertConversation, reviseRow } from './conversation.repository.js';

export interface OpenConversation {
  readonly space: string;
  readonly title: string;
  readonly idea?: string | null;
  readonly channel?: ConversationChannel | null;
  readonly message?: string | null;
  readonly idempotencyKey?: string | null;
}

export interface OpenedConversation extends ChangedConversation {
  readonly message: Message | null;
}

/** Opens a conversation in a space, with a first message of the opener where one is given. */
export async function openConversation(
  ctx: ConversationsContext,
  input: OpenConversation,
): Promise<OpenedConversation> {
  const author = signedInAuthor(ctx.viewer);
  checkOpening(input);
  await ctx.spaces.require(author.viewer, 'contribute', input.space, 'space');
  const { result, cursor } = await ctx.write({ name: 'openConversation', input }, async (tx) => {
    const conversation = newConversation(ctx, input, author.id);
    const { id, spaceId: space, ideaId: idea, channel } = conversation;
    await insertConversation(tx, conversation);
    tx.append({ type: 'conversations.conversation.opened', subject: id, space, data: { idea, channel } });
    if (input.message == null) return { id, message: null };
    const words = { author, body: input.message };
    return { id, message: await enterMessage(ctx, tx, conversation, words) };
  });
  const message = result.message === null ? null : await ctx.messages.load(result.message);
  return { conversation: await ctx.conversations.load(result.id), message, cursor };
}

export interface ReviseConversation {
  readonly conversation: string;
  readonly title?: string | null;
  readonly channel?: ConversationChannel | null;
  readonly idempotencyKey?: string | null;
}

/** Changes the title or the channel. Asking for what already is changes nothing. */
export async function reviseConversation(
  ctx: ConversationsContext,
  input: ReviseConversation,
): Promise<ChangedConversation> {
  const { viewer } = signedInAuthor(ctx.viewer);
  const { id, spaceId: space, ...before } = await requireConversation(ctx, input.conversation, 'conversation');
  checkMayChangeConversation(viewer, before);
  await ctx.spaces.require(viewer, 'contribute', space, 'conversation');
  const change = readChange(input);
  const { cursor } = await ctx.write({ name: 'reviseConversation', input }, async (tx) => {
    const revised = await reviseRow(tx, id, change);
    if (!revised) return id;
    const data = { idea: revised.ideaId, channel: revised.channel, changed: Object.keys(change) };
    tx.append({ type: 'conversations.conversation.revised', subject: id, space, data });
    return id;
  });
  ctx.conversations.clear(id);
  return { conversation: await ctx.conversations.load(id), cursor };
}

export interface ChangedConversation {
  readonly conversation: Conversation | null;
  readonly cursor: string | null;
}

/** The conversation, for something to be done in it. */
export async function requireConversation(
  ctx: ConversationsContext,
  id: string,
  ...path: string[]
): Promise<Conversation> {
  const conversation = await ctx.conversations.load(id);
  if (!conversation) throw notFound('conversation', id, ...path);
  checkNotHidden(conversation, 'conversation', ...path);
  return conversation;
}

function checkOpening(input: OpenConversation): void {
  checkText(input.title, 'title', 1, 300);
  if (input.message != null) checkBody(input.message, 'message');
  // The idea lives in another service; whether it exists is seen when somebody follows the reference.
  if (input.idea && !isIdOf('Idea', input.idea)) throw invalid(`"${input.idea}" is not the id of an idea.`, 'idea');
}

function newConversation(ctx: ConversationsContext, input: OpenConversation, openerId: string): Conversation {
  return {
    id: ctx.newId('Conversation'),
    spaceId: input.space,
    ideaId: input.idea || null,
    openerId,
    title: input.title.trim(),
    channel: input.channel ?? 'internal',
    messageCount: 0,
    lastMessageAt: null,
    createdAt: ctx.now(),
    hiddenAt: null,
  };
}

function readChange(input: ReviseConversation): ConversationChange {
  if (input.title != null) checkText(input.title, 'title', 1, 300);
  const change: ConversationChange = {
    ...(input.title != null ? { title: input.title.trim() } : {}),
    ...(input.channel != null ? { channel: input.channel } : {}),
  };
  if (Object.keys(change).length === 0) throw invalid('Say what changes: title or channel.');
  return change;
}
