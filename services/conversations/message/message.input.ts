import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { Message } from './message.entity.js';
import type { EditMessage, PostMessage, RemoveMessage } from './message.js';
import type { MessageFilter } from './message.repository.js';
import { MessageType } from './message.type.js';

@InputType('MessageFilter', { description: 'Which messages; every condition given must hold.' })
export class MessageFilterInput implements MessageFilter {
  @Field(() => ID, { nullable: true, description: 'Only messages of this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only messages of this conversation.' })
  conversation?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only messages of this person.' })
  author?: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Only messages posted at this instant or later.' })
  since?: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Only messages posted before this instant.' })
  before?: Date | null;
}

@InputType({ description: 'A new message.' })
export class PostMessageInput extends CreatingInput implements PostMessage {
  @Field(() => ID, { description: 'The conversation to post it in.' })
  conversation: string;

  @Field(() => String, { description: 'Plain text or Markdown, 1 to 65,536 characters.' })
  body: string;

  @Field(() => ID, { nullable: true, description: 'The message of the same conversation that it answers.' })
  replyTo?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of up to 1,000 people it addresses. The text is not searched for names.',
  })
  mentions?: string[] | null;
}

@ObjectType({ description: 'What postMessage did.' })
export class PostMessagePayload extends MutationPayload {
  @Field(() => MessageType, { nullable: true, description: 'The new message; null when there are errors.' })
  message: Message | null;
}

@InputType({ description: 'Other words for a message of yours.' })
export class EditMessageInput extends CreatingInput implements EditMessage {
  @Field(() => ID, { description: 'The message.' })
  message: string;

  @Field(() => String, { description: 'The new text, plain or Markdown, 1 to 65,536 characters.' })
  body: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of up to 1,000 people it addresses; those of before when left out.',
  })
  mentions?: string[] | null;
}

@ObjectType({ description: 'What editMessage did.' })
export class EditMessagePayload extends MutationPayload {
  @Field(() => MessageType, { nullable: true, description: 'The edited message; null when there are errors.' })
  message: Message | null;
}

@InputType({ description: 'A message to take away.' })
export class RemoveMessageInput extends CreatingInput implements RemoveMessage {
  @Field(() => ID, { description: 'The message.' })
  message: string;
}

@ObjectType({ description: 'What removeMessage did.' })
export class RemoveMessagePayload extends MutationPayload {
  @Field(() => MessageType, {
    nullable: true,
    description: 'The message without its words, at its old place; null when there are errors.',
  })
  message: Message | null;
}
