import { ArgsType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { StreamArgs, StreamEvent } from '#kernel/graphql/stream.type.js';
import {
  type ConversationActivityFilter,
  type ConversationActivityKind,
  conversationActivityKinds,
} from './conversation-activity.js';

export const ConversationActivityKindEnum = Object.fromEntries(
  Object.values(conversationActivityKinds).map((kind) => [kind, kind]),
) as {
  [Kind in ConversationActivityKind]: Kind;
};

registerEnumType(ConversationActivityKindEnum, {
  name: 'ConversationActivityKind',
  description: 'What happened in a conversation.',
  valuesConfig: {
    OPENED: { description: 'It was opened in its space.' },
    REVISED: { description: 'Its title, its channel or another fact of it changed: see "changed".' },
    HIDDEN: {
      description: 'A moderator hid it with all that was said in it: stop showing the one with this "conversationId".',
    },
    RESTORED: { description: 'It was hidden, and is shown again with what was said in it.' },
    MESSAGE_POSTED: { description: 'Somebody said something: see "message".' },
    MESSAGE_EDITED: { description: 'The words or the mentions of a message changed: see "message".' },
    MESSAGE_REMOVED: { description: 'The words of a message were taken away; its place stays.' },
    REACTED: { description: 'The actor reacted to a message: see "message" and "emoji".' },
    REACTION_WITHDRAWN: { description: 'The actor took a reaction back: see "message" and "emoji".' },
    MESSAGE_HIDDEN: { description: 'A moderator hid a message: stop showing the one with this "messageId".' },
    MESSAGE_RESTORED: { description: 'A message was hidden, and is shown again, also to its "replies".' },
  },
});

@ArgsType()
export class ConversationActivityArgs extends StreamArgs implements ConversationActivityFilter {
  @Field(() => ID, { nullable: true, description: 'Only conversations of this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only this conversation.' })
  conversation?: string | null;
}

@ObjectType('ConversationActivity', { description: 'Something happened in a conversation.' })
export class ConversationActivityType extends StreamEvent {
  @Field(() => ConversationActivityKindEnum, { description: 'What happened.' })
  kind: ConversationActivityKind;

  @Field(() => ID, { description: 'Id of the conversation, also where the conversation itself is null.' })
  conversationId: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the message it happened to, also where that is null; null when it happened to the conversation.',
  })
  messageId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The emoji given or taken back; only for REACTED and REACTION_WITHDRAWN.',
  })
  emoji: string | null;

  @Field(() => [String], { description: 'Names of the fields that changed, only for REVISED; empty otherwise.' })
  changed: readonly string[];
}
