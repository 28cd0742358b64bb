import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, keyOf, refer, referTo } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { type Hit, type SearchConnection, toSearchConnection } from '#kernel/graphql/search.type.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import { ConversationType } from '../conversation/conversation.type.js';
import type { ConversationsContext } from '../conversations-context.js';
import { PersonWithMessages, ProgramReference } from '../foreign/foreign-types.js';
import type { Message } from './message.entity.js';
import {
  EditMessageInput,
  EditMessagePayload,
  MessageFilterInput,
  PostMessageInput,
  PostMessagePayload,
  RemoveMessageInput,
  RemoveMessagePayload,
} from './message.input.js';
import { editMessage, postMessage, removeMessage } from './message.js';
import { messageLists, messagesOf, repliesOf, searchMessages, selectMessages } from './message.repository.js';
import { MessageConnection, MessageOrder, MessageSearchConnection, MessageType } from './message.type.js';

const oldest = { defaultValue: MessageOrder.OLDEST, description: 'Order of the list.' };
const latest = { defaultValue: MessageOrder.LATEST, description: 'Order of the list.' };
const filterArgument = { nullable: true, description: 'Which messages; all when left out.' };
const queryDescription = 'Words to find, 1 to 500 characters; "quoted phrases", or, and -without work.';

@Resolver(() => MessageType)
export class MessageResolver {
  @NeedsScope('conversations:read')
  @Query(() => MessageType, {
    nullable: true,
    description: 'One message, or null when there is none with this id that you may see.',
  })
  message(
    @Ctx() ctx: ConversationsContext,
    @Arg('id', () => ID, { description: 'Id of a message.' }) id: string,
  ): Promise<Message | null> {
    return ctx.messages.load(id);
  }

  @NeedsScope('conversations:read')
  @Query(() => MessageConnection, { description: 'Messages of all spaces you may see.' })
  messages(
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => MessageOrder, latest) orderBy: MessageOrder,
    @Arg('filter', () => MessageFilterInput, filterArgument) filter?: MessageFilterInput | null,
  ): Promise<Connection<Message>> {
    return connect<Message>(ctx, selectMessages(ctx.viewer, messageLists.allMessages, orderBy, filter ?? {}), page);
  }

  @NeedsScope('conversations:read')
  @Query(() => MessageSearchConnection, { description: 'Full-text search in messages, best match first.' })
  async searchMessages(
    @Ctx() ctx: ConversationsContext,
    @Arg('query', () => String, { description: queryDescription }) query: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => MessageFilterInput, filterArgument) filter?: MessageFilterInput | null,
  ): Promise<SearchConnection<Message>> {
    return toSearchConnection(await connect<Message & Hit>(ctx, searchMessages(ctx.viewer, query, filter ?? {}), page));
  }

  @NeedsScope('conversations:write')
  @Mutation(() => PostMessagePayload, { description: 'Says something in a conversation.' })
  postMessage(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => PostMessageInput, { description: 'The message.' }) input: PostMessageInput,
  ): Promise<PostMessagePayload> {
    return answerMutation(input, () => postMessage(ctx, input));
  }

  @NeedsScope('conversations:write')
  @Mutation(() => EditMessagePayload, { description: 'Changes the words of a message; for its author.' })
  editMessage(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => EditMessageInput, { description: 'Message and new words.' }) input: EditMessageInput,
  ): Promise<EditMessagePayload> {
    return answerMutation(input, () => editMessage(ctx, input));
  }

  @NeedsScope('conversations:write')
  @Mutation(() => RemoveMessagePayload, {
    description: 'Takes the words of a message away, for good; for its author and administrators. Its place stays.',
  })
  removeMessage(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => RemoveMessageInput, { description: 'The message.' }) input: RemoveMessageInput,
  ): Promise<RemoveMessagePayload> {
    return answerMutation(input, () => removeMessage(ctx, input));
  }

  @FieldResolver(() => ConversationType, {
    nullable: true,
    description: 'The conversation it is part of; null when you may no longer see it.',
  })
  conversation(@Root() message: Message, @Ctx() ctx: ConversationsContext): Promise<Conversation | null> {
    return ctx.conversations.load(message.conversationId);
  }

  @FieldResolver(() => PersonWithMessages, {
    nullable: true,
    description: 'Who said it; null when erased, for who may not see them, and where a program did.',
  })
  author(@Root() message: Message): Keyed | null {
    return referTo('Person', message.authorId);
  }

  @FieldResolver(() => ProgramReference, {
    nullable: true,
    description: 'The program that said it, for its organisation; null where a person did.',
  })
  program(@Root() message: Message): Keyed | null {
    return referTo('ApiClient', message.authorId);
  }

  @FieldResolver(() => Boolean, {
    description: 'True: its words were taken away. Its place, its answers and its reactions stay.',
  })
  removed(@Root() message: Message): boolean {
    return message.removedAt !== null;
  }

  @FieldResolver(() => [PersonWithMessages], {
    nullable: 'items',
    description: 'The people it addresses, at most 1,000; null in place of one who was erased.',
  })
  mentions(@Root() message: Message): Keyed[] {
    return message.mentionIds.map((id) => refer(id));
  }

  @FieldResolver(() => MessageType, {
    nullable: true,
    description: 'The message it answers, if any; null while that is hidden from you.',
  })
  async replyTo(@Root() message: Message, @Ctx() ctx: ConversationsContext): Promise<Message | null> {
    return message.replyToId === null ? null : ctx.messages.load(message.replyToId);
  }

  @FieldResolver(() => MessageConnection, { description: 'The messages that answer it directly, oldest first.' })
  replies(
    @Root() message: Message,
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Message>> {
    return ctx.lists.load(message.id, repliesOf(), page);
  }
}

@Resolver(() => ConversationType)
export class ConversationMessagesResolver {
  @FieldResolver(() => MessageConnection, { description: 'What was said in it, answers included.' })
  messages(
    @Root() conversation: Conversation,
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => MessageOrder, oldest) orderBy: MessageOrder,
  ): Promise<Connection<Message>> {
    return ctx.lists.load(conversation.id, messagesOf(orderBy), page, () => conversation.messageCount);
  }
}

@Resolver(() => PersonWithMessages)
export class PersonMessagesResolver {
  @NeedsScope('conversations:read')
  @FieldResolver(() => MessageConnection, {
    nullable: true,
    description: 'What this person said where you may see it. Null when the service of conversations does not answer.',
  })
  messages(
    @Root() person: Keyed,
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => MessageOrder, latest) orderBy: MessageOrder,
  ): Promise<Connection<Message>> {
    return ctx.lists.load(keyOf(person), selectMessages(ctx.viewer, messageLists.messagesOfPerson, orderBy), page);
  }
}
