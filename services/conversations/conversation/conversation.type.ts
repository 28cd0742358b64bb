import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Conversation, ConversationChannel } from './conversation.entity.js';

/** The names clients write, and the words the hub keeps. */
export const Channel = {
  INTERNAL: 'internal',
  CUSTOMER: 'customer',
  PARTNER: 'partner',
  SOCIAL: 'social',
} as const satisfies Record<string, ConversationChannel>;

registerEnumType(Channel, {
  name: 'ConversationChannel',
  description: 'Where the people of a conversation come from.',
  valuesConfig: {
    INTERNAL: { description: 'From inside the organisation.' },
    CUSTOMER: { description: 'Customers take part.' },
    PARTNER: { description: 'Partner organisations take part.' },
    SOCIAL: { description: 'It takes place on, or was brought in from, a social network.' },
  },
});

@NeedsScope('conversations:read')
@Entity()
@ObjectType('Conversation', {
  implements: NodeType,
  description: 'What people say to each other about one thing, in one space, as a list of messages.',
})
export class ConversationType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, { description: 'One line, 1 to 300 characters.' })
  title: string;

  @Field(() => Channel, { description: 'Where its people come from.' })
  channel: ConversationChannel;

  @Field(() => Int, { description: 'How many messages it has; removed ones keep their place and are counted.' })
  messageCount: number;

  @Field(() => InstantScalar, { description: 'When it was opened.' })
  createdAt: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When its newest message was posted; null without one.' })
  lastMessageAt: Date | null;
}

export const ConversationConnection = connectionType<Conversation>(
  'Conversation',
  () => ConversationType,
  'conversations',
);

export enum ConversationOrder {
  RECENTLY_ACTIVE = 'RECENTLY_ACTIVE',
  LATEST = 'LATEST',
}

registerEnumType(ConversationOrder, {
  name: 'ConversationOrder',
  description: 'The order of a list of conversations.',
  valuesConfig: {
    RECENTLY_ACTIVE: { description: 'Newest message first; one without messages stands where it was opened.' },
    LATEST: { description: 'Latest opened first.' },
  },
});
