import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Message } from '../message/message.entity.js';
import { MessageType } from '../message/message.type.js';
import type { Conversation, ConversationChannel } from './conversation.entity.js';
import type { OpenConversation, ReviseConversation } from './conversation.js';
import type { ConversationFilter } from './conversation.repository.js';
import { Channel, ConversationType } from './conversation.type.js';

@InputType('ConversationFilter', { description: 'Which conversations; every condition given must hold.' })
export class ConversationFilterInput implements ConversationFilter {
  @Field(() => ID, { nullable: true, description: 'Only conversations of this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only conversations about this idea.' })
  idea?: string | null;

  @Field(() => Channel, { nullable: true, description: 'Only conversations of this channel.' })
  channel?: ConversationChannel | null;
}

@InputType({ description: 'A new conversation.' })
export class OpenConversationInput extends CreatingInput implements OpenConversation {
  @Field(() => ID, { description: 'The space to open it in.' })
  space: string;

  @Field(() => String, { description: 'One line, 1 to 300 characters.' })
  title: string;

  @Field(() => ID, { nullable: true, description: 'The idea it is about.' })
  idea?: string | null;

  @Field(() => Channel, { nullable: true, description: 'Where its people come from; INTERNAL when left out.' })
  channel?: ConversationChannel | null;

  @Field(() => String, {
    nullable: true,
    description: 'A first message of yours, plain text or Markdown, 1 to 65,536 characters.',
  })
  message?: string | null;
}

@ObjectType({ description: 'What openConversation did.' })
export class OpenConversationPayload extends MutationPayload {
  @Field(() => ConversationType, { nullable: true, description: 'The new conversation; null when there are errors.' })
  conversation: Conversation | null;

  @Field(() => MessageType, { nullable: true, description: 'Its first message; null without one.' })
  message: Message | null;
}

@InputType({ description: 'A change of a conversation. What is left out stays as it is; give title, channel or both.' })
export class ReviseConversationInput extends CreatingInput implements ReviseConversation {
  @Field(() => ID, { description: 'The conversation.' })
  conversation: string;

  @Field(() => String, { nullable: true, description: 'New title, 1 to 300 characters.' })
  title?: string | null;

  @Field(() => Channel, { nullable: true, description: 'New channel.' })
  channel?: ConversationChannel | null;
}

@ObjectType({ description: 'What reviseConversation did.' })
export class ReviseConversationPayload extends MutationPayload {
  @Field(() => ConversationType, {
    nullable: true,
    description: 'The revised conversation; null when there are errors.',
  })
  conversation: Conversation | null;
}
