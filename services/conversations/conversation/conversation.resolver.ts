import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, keyOf, refer, referTo } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { ConversationsContext } from '../conversations-context.js';
import {
  IdeaWithConversations,
  PersonWithMessages,
  ProgramReference,
  SpaceWithConversations,
} from '../foreign/foreign-types.js';
import type { Conversation } from './conversation.entity.js';
import {
  ConversationFilterInput,
  OpenConversationInput,
  OpenConversationPayload,
  ReviseConversationInput,
  ReviseConversationPayload,
} from './conversation.input.js';
import { openConversation, reviseConversation } from './conversation.js';
import { conversationLists, selectConversations } from './conversation.repository.js';
import { ConversationConnection, ConversationOrder, ConversationType } from './conversation.type.js';

const order = { defaultValue: ConversationOrder.RECENTLY_ACTIVE, description: 'Order of the list.' };
const filterDescription = 'Which conversations; all when left out.';

@Resolver(() => ConversationType)
export class ConversationResolver {
  @NeedsScope('conversations:read')
  @Query(() => ConversationType, {
    nullable: true,
    description: 'One conversation, or null when there is none with this id that you may see.',
  })
  conversation(
    @Ctx() ctx: ConversationsContext,
    @Arg('id', () => ID, { description: 'Id of a conversation.' }) id: string,
  ): Promise<Conversation | null> {
    return ctx.conversations.load(id);
  }

  @NeedsScope('conversations:read')
  @Query(() => ConversationConnection, { description: 'Conversations of all spaces you may see.' })
  conversations(
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => ConversationOrder, order) orderBy: ConversationOrder,
    @Arg('filter', () => ConversationFilterInput, { nullable: true, description: filterDescription })
    filter?: ConversationFilterInput | null,
  ): Promise<Connection<Conversation>> {
    const selection = selectConversations(ctx.viewer, conversationLists.allConversations, orderBy, filter ?? {});
    return connect<Conversation>(ctx, selection, page);
  }

  @NeedsScope('conversations:write')
  @Mutation(() => OpenConversationPayload, { description: 'Opens a conversation in a space.' })
  openConversation(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => OpenConversationInput, { description: 'The conversation.' }) input: OpenConversationInput,
  ): Promise<OpenConversationPayload> {
    return answerMutation(input, () => openConversation(ctx, input));
  }

  @NeedsScope('conversations:write')
  @Mutation(() => ReviseConversationPayload, {
    description: 'Changes the title or the channel of a conversation; for who opened it.',
  })
  reviseConversation(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => ReviseConversationInput, { description: 'The change.' }) input: ReviseConversationInput,
  ): Promise<ReviseConversationPayload> {
    return answerMutation(input, () => reviseConversation(ctx, input));
  }

  @FieldResolver(() => SpaceWithConversations, {
    nullable: true,
    description: 'The space it takes place in; null when you may no longer see it.',
  })
  space(@Root() conversation: Conversation): Keyed {
    return refer(conversation.spaceId);
  }

  @FieldResolver(() => IdeaWithConversations, {
    nullable: true,
    description: 'The idea it is about; null when it is about none, or one you may not see.',
  })
  idea(@Root() conversation: Conversation): Keyed | null {
    return refer(conversation.ideaId);
  }

  @FieldResolver(() => PersonWithMessages, {
    nullable: true,
    description: 'Who opened it; null when unknown or erased, and where a program did.',
  })
  opener(@Root() conversation: Conversation): Keyed | null {
    return referTo('Person', conversation.openerId);
  }

  @FieldResolver(() => ProgramReference, {
    nullable: true,
    description: 'The program that opened it, for its organisation; null where a person did.',
  })
  program(@Root() conversation: Conversation): Keyed | null {
    return referTo('ApiClient', conversation.openerId);
  }
}

@Resolver(() => SpaceWithConversations)
export class SpaceConversationsResolver {
  @NeedsScope('conversations:read')
  @FieldResolver(() => ConversationConnection, {
    nullable: true,
    description: 'The conversations of this space. Null when the service of conversations does not answer.',
  })
  conversations(
    @Root() space: Keyed,
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => ConversationOrder, order) orderBy: ConversationOrder,
  ): Promise<Connection<Conversation>> {
    const selection = selectConversations(ctx.viewer, conversationLists.conversationsOfSpace, orderBy);
    return ctx.lists.load(keyOf(space), selection, page);
  }
}

@Resolver(() => IdeaWithConversations)
export class IdeaConversationsResolver {
  @NeedsScope('conversations:read')
  @FieldResolver(() => ConversationConnection, {
    nullable: true,
    description:
      'The conversations about this idea that you may see. Null when the service of conversations does not answer.',
  })
  conversations(
    @Root() idea: Keyed,
    @Ctx() ctx: ConversationsContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => ConversationOrder, order) orderBy: ConversationOrder,
  ): Promise<Connection<Conversation>> {
    const selection = selectConversations(ctx.viewer, conversationLists.conversationsOfIdea, orderBy);
    return ctx.lists.load(keyOf(idea), selection, page);
  }
}
