import { createUnionType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { kindOfId } from '#kernel/ids/id.js';
import { moderationCaseType } from '#kernel/moderation/moderation.type.js';
import type { ModerationCase } from '#kernel/moderation/moderation-case.js';
import { ConversationType } from '../conversation/conversation.type.js';
import { PersonWithMessages } from '../foreign/foreign-types.js';
import { MessageType } from '../message/message.type.js';

export const ConversationContent = createUnionType({
  name: 'ConversationContent',
  description: 'What can be moderated of conversations.',
  types: () => [ConversationType, MessageType] as const,
  resolveType: ({ id }) => (kindOfId(id) === 'Conversation' ? ConversationType : MessageType),
});

export const ConversationCaseType = moderationCaseType(
  'ConversationCase',
  'a conversation or a message',
  () => PersonWithMessages,
);

export const ConversationCaseConnection = connectionType<ModerationCase>(
  'ConversationCase',
  () => ConversationCaseType,
  'cases',
);
