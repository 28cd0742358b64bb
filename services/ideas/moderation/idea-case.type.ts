import { createUnionType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { kindOfId } from '#kernel/ids/id.js';
import { moderationCaseType } from '#kernel/moderation/moderation.type.js';
import type { ModerationCase } from '#kernel/moderation/moderation-case.js';
import { ChallengeType } from '../challenge/challenge.type.js';
import { ContributionObject } from '../contribution/contribution.type.js';
import { PersonWithIdeas } from '../foreign/foreign-types.js';
import { IdeaType } from '../idea/idea.type.js';

export const IdeaContent = createUnionType({
  name: 'IdeaContent',
  description: 'What can be moderated of ideas.',
  types: () => [ChallengeType, IdeaType, ContributionObject] as const,
  resolveType({ id }) {
    const kind = kindOfId(id);
    if (kind === 'Idea') return IdeaType;
    return kind === 'Challenge' ? ChallengeType : ContributionObject;
  },
});

export const IdeaCaseType = moderationCaseType(
  'IdeaCase',
  'a challenge, an idea or a contribution',
  () => PersonWithIdeas,
);

export const IdeaCaseConnection = connectionType<ModerationCase>('IdeaCase', () => IdeaCaseType, 'cases');
