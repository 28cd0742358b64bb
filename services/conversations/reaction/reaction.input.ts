import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Message } from '../message/message.entity.js';
import { MessageType } from '../message/message.type.js';
import type { Reaction } from './reaction.entity.js';
import type { React, WithdrawReaction } from './reaction.js';
import { ReactionType } from './reaction.type.js';

const emojiDescription = 'One emoji or a short word: 1 to 16 visible characters, at most 32 in Unicode, no spaces.';

@InputType({ description: 'A reaction to a message.' })
export class ReactInput extends CreatingInput implements React {
  @Field(() => ID, { description: 'The message.' })
  message: string;

  @Field(() => String, { description: emojiDescription })
  emoji: string;
}

@ObjectType({ description: 'What react did.' })
export class ReactPayload extends MutationPayload {
  @Field(() => ReactionType, {
    nullable: true,
    description: 'Your reaction, also when you had given it before; null when there are errors.',
  })
  reaction: Reaction | null;

  @Field(() => MessageType, { nullable: true, description: 'The message; null when there are errors.' })
  message: Message | null;
}

@InputType({ description: 'A reaction of yours to take back.' })
export class WithdrawReactionInput extends CreatingInput implements WithdrawReaction {
  @Field(() => ID, { description: 'The message.' })
  message: string;

  @Field(() => String, { description: emojiDescription })
  emoji: string;
}

@ObjectType({ description: 'What withdrawReaction did.' })
export class WithdrawReactionPayload extends MutationPayload {
  @Field(() => MessageType, { nullable: true, description: 'The message; null when there are errors.' })
  message: Message | null;
}
