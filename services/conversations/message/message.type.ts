import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { searchConnectionType } from '#kernel/graphql/search.type.js';
import type { Message } from './message.entity.js';

@NeedsScope('conversations:read')
@Entity()
@ObjectType('Message', { implements: NodeType, description: 'Something one person said in a conversation.' })
export class MessageType extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => String, {
    description: 'What was said, plain text or Markdown, up to 65,536 characters; empty when removed.',
  })
  body: string;

  @Field(() => InstantScalar, { description: 'When it was posted.' })
  createdAt: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When its author last changed it; null if never.' })
  editedAt: Date | null;
}

export const MessageConnection = connectionType<Message>('Message', () => MessageType, 'messages');

export const MessageSearchConnection = searchConnectionType<Message>('Message', () => MessageType, 'messages');

export enum MessageOrder {
  OLDEST = 'OLDEST',
  LATEST = 'LATEST',
}

registerEnumType(MessageOrder, {
  name: 'MessageOrder',
  description: 'The order of a list of messages.',
  valuesConfig: {
    OLDEST: { description: 'In the order they were posted; the last ones with "last".' },
    LATEST: { description: 'Newest first.' },
  },
});
