import { connectionType } from '#kernel/graphql/connection.type.js';
import { moderationCaseType } from '#kernel/moderation/moderation.type.js';
import type { ModerationCase } from '#kernel/moderation/moderation-case.js';
import { PersonWithMessages } from '../foreign/foreign-types.js';

export const MessageCaseType = moderationCaseType('MessageCase', 'a message', () => PersonWithMessages);

export const MessageCaseConnection = connectionType<ModerationCase>('MessageCase', () => MessageCaseType, 'cases');
