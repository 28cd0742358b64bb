import { signedInAuthor } from '#kernel/auth/require-viewer.js';
import { notFound, UserError } from '#kernel/errors/user-error.js';
import { checkNotHidden } from '#kernel/moderation/moderation.js';
import { requireConversation } from '../conversation/conversation.js';
import type { ConversationsContext } from '../conversations-context.js';
import type { Message } from './message.entity.js';
import { checkMayEdit, checkMayRemove } from './message.policy.js';
import { editRow, lockRow, removeRow } from './message.repository.js';
import { checkBody, enterMessage, readMentions } from './new-message.js';

export interface PostMessage {
  readonly conversation: string;
  readonly body: string;
  readonly replyTo?: string | null;
  readonly mentions?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Says something in a conversation, or answers a message of it. */
export async function postMessage(ctx: ConversationsContext, input: PostMessage): Promise<ChangedMessage> {
  const author = signedInAuthor(ctx.viewer);
  checkBody(input.body, 'body');
  const mentionIds = readMentions(input.mentions ?? []);
  const conversation = await requireConversation(ctx, input.conversation, 'conversation');
  await ctx.spaces.require(author.viewer, 'contribute', conversation.spaceId, 'conversation');
  const replyTo = input.replyTo ? await requireReplied(ctx, input.replyTo, conversation.id) : null;
  const words = { author, body: input.body, mentionIds, replyTo };
  const { result: id, cursor } = await ctx.write({ name: 'postMessage', input }, (tx) =>
    enterMessage(ctx, tx, conversation, words),
  );
  ctx.conversations.clear(conversation.id);
  return { message: await ctx.messages.load(id), cursor };
}

export interface EditMessage {
  readonly message: string;
  readonly body: string;
  readonly mentions?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Changes the words of a message. The same words again change nothing. */
export async function editMessage(ctx: ConversationsContext, input: EditMessage): Promise<ChangedMessage> {
  const { viewer } = signedInAuthor(ctx.viewer);
  checkBody(input.body, 'body');
  const mentions = input.mentions ? readMentions(input.mentions) : undefined;
  const { id, authorId, conversationId } = await requireMessage(ctx, input.message, 'message');
  checkMayEdit(viewer, { authorId });
  const conversation = await requireConversation(ctx, conversationId, 'message');
  await ctx.spaces.require(viewer, 'contribute', conversation.spaceId, 'message');
  const { cursor } = await ctx.write({ name: 'editMessage', input }, async (tx) => {
    const before = await lockRow(tx, id);
    if (!before || before.removedAt) throw removed('edited');
    const after = mentions ?? before.mentionIds;
    const newMentions = after.filter((person) => !before.mentionIds.includes(person));
    const fewer = after.length !== before.mentionIds.length;
    if (before.body === input.body && newMentions.length === 0 && !fewer) return id;
    await editRow(tx, id, input.body, after, ctx.now());
    tx.append({
      type: 'conversations.message.edited',
      subject: id,
      space: before.spaceId,
      data: { conversation: conversationId, idea: conversation.ideaId, mentions: after, newMentions },
    });
    return id;
  });
  return reload(ctx, id, cursor);
}

export interface RemoveMessage {
  readonly message: string;
  readonly idempotencyKey?: string | null;
}

/** Takes the words of a message away. Its place stays, so that answers to it keep their sense. */
export async function removeMessage(ctx: ConversationsContext, input: RemoveMessage): Promise<ChangedMessage> {
  const { viewer } = signedInAuthor(ctx.viewer);
  // Also a hidden one: taking back what one said is always possible.
  const message = await ctx.messages.load(input.message);
  if (!message) throw notFound('message', input.message, 'message');
  const { id, authorId, conversationId, spaceId: space } = message;
  checkMayRemove(viewer, { authorId });
  const conversation = await ctx.conversations.load(conversationId);
  if (!conversation) throw notFound('message', id, 'message');
  const { cursor } = await ctx.write({ name: 'removeMessage', input }, async (tx) => {
    if (!(await removeRow(tx, id, ctx.now()))) return id;
    const data = { conversation: conversationId, idea: conversation.ideaId, messageAuthor: authorId };
    tx.append({ type: 'conversations.message.removed', subject: id, space, data });
    return id;
  });
  return reload(ctx, id, cursor);
}

export interface ChangedMessage {
  readonly message: Message | null;
  readonly cursor: string | null;
}

/** The message, for something to be done to it. */
export async function requireMessage(ctx: ConversationsContext, id: string, ...path: string[]): Promise<Message> {
  const message = await ctx.messages.load(id);
  if (!message) throw notFound('message', id, ...path);
  checkNotHidden(message, 'message', ...path);
  await requireConversation(ctx, message.conversationId, ...path);
  return message;
}

/** What nobody can do to a message any more. */
export function removed(participle: string): UserError {
  return new UserError('CLOSED', `This message was removed; it can no longer be ${participle}.`, ['input', 'message']);
}

async function requireReplied(ctx: ConversationsContext, id: string, conversationId: string): Promise<Message> {
  const message = await ctx.messages.load(id);
  if (message?.conversationId !== conversationId) throw notFound('message of this conversation', id, 'replyTo');
  checkNotHidden(message, 'message', 'replyTo');
  return message;
}

async function reload(ctx: ConversationsContext, id: string, cursor: string | null): Promise<ChangedMessage> {
  ctx.messages.clear(id);
  return { message: await ctx.messages.load(id), cursor };
}
