import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { StreamArgs, StreamEvent } from '#kernel/graphql/stream.type.js';
import type { MessagePostedFilter } from './message-posted.js';

@ArgsType()
export class MessagePostedArgs extends StreamArgs implements MessagePostedFilter {
  @Field(() => ID, { nullable: true, description: 'Only messages in this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only messages of this conversation.' })
  conversation?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only messages of conversations about this idea.' })
  idea?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'True: only messages that mention you.' })
  mentionsMe: boolean;
}

@ObjectType('MessagePosted', { description: 'Somebody said something in a conversation.' })
export class MessagePostedType extends StreamEvent {}
