import { createUnionType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { kindOfId } from '#kernel/ids/id.js';
import { moderationCaseType } from '#kernel/moderation/moderation.type.js';
import type { ModerationCase } from '#kernel/moderation/moderation-case.js';
import { ContributionObject } from '../contribution/contribution.type.js';
import { PersonWithIdeas } from '../foreign/foreign-types.js';
import { IdeaType } from '../idea/idea.type.js';

export const IdeaContent = createUnionType({
  name: 'IdeaContent',
  description: 'What can be moderated of ideas.',
  types: () => [IdeaType, ContributionObject] as const,
  resolveType: ({ id }) => (kindOfId(id) === 'Idea' ? IdeaType : ContributionObject),
});

export const IdeaCaseType = moderationCaseType('IdeaCase', 'an idea or a contribution', () => PersonWithIdeas);

export const IdeaCaseConnection = connectionType<ModerationCase>('IdeaCase', () => IdeaCaseType, 'cases');
