import type { GraphQLSchema } from 'graphql';
import { deadLetterResolver } from '#kernel/consumers/dead-letter.resolver.js';
import { refer } from '#kernel/graphql/entity-key.js';
import { positionResolver } from '#kernel/graphql/position.resolver.js';
import { buildSubgraph } from '#kernel/graphql/subgraph.js';
import { ownExportOf } from '#kernel/privacy/own-export.js';
import { IdeaActivityResolver } from './activity/idea-activity.resolver.js';
import { ChallengeResolver, IdeaChallengeResolver, SpaceChallengesResolver } from './challenge/challenge.resolver.js';
import {
  ContributionResolver,
  IdeaContributionsResolver,
  PersonContributionsResolver,
} from './contribution/contribution.resolver.js';
import { ContributionAddedResolver } from './contribution/contribution-added.resolver.js';
import {
  EndorsementResolver,
  IdeaEndorsementsResolver,
  PersonEndorsementsResolver,
} from './endorsement/endorsement.resolver.js';
import { PersonalExportWithIdeas } from './foreign/foreign-types.js';
import { IdeaResolver, SpaceIdeasResolver } from './idea/idea.resolver.js';
import type { IdeasContext } from './ideas-context.js';
import {
  ChallengeCaseResolver,
  ContributionCaseResolver,
  IdeaCaseResolver,
  IdeaModerationResolver,
} from './moderation/idea-moderation.resolver.js';
import { PersonalExportResolver } from './privacy/personal-export.resolver.js';
import { IdeaRecordsResolver } from './records/records.resolver.js';
import { IdeaRevisionResolver, IdeaRevisionsResolver } from './revision/revision.resolver.js';

const PositionResolver = positionResolver('ideasPosition', 'the streams of ideas', 'ideas:read');

const DeadLetterResolver = deadLetterResolver('ideas');

/** The part of the graph this service answers for. */
export function buildIdeasSubgraph(): Promise<GraphQLSchema> {
  return buildSubgraph<IdeasContext>({
    resolvers: [
      IdeaResolver,
      SpaceIdeasResolver,
      IdeaRevisionResolver,
      IdeaRevisionsResolver,
      ContributionResolver,
      IdeaContributionsResolver,
      PersonContributionsResolver,
      EndorsementResolver,
      IdeaEndorsementsResolver,
      PersonEndorsementsResolver,
      ChallengeResolver,
      IdeaChallengeResolver,
      SpaceChallengesResolver,
      IdeaModerationResolver,
      ChallengeCaseResolver,
      IdeaCaseResolver,
      ContributionCaseResolver,
      PersonalExportResolver,
      IdeaRecordsResolver,
      ContributionAddedResolver,
      IdeaActivityResolver,
      PositionResolver,
      DeadLetterResolver,
    ],
    orphanedTypes: [PersonalExportWithIdeas],
    references: {
      Idea: (key, ctx) => ctx.ideas.load(key),
      Challenge: (key, ctx) => ctx.challenges.load(key),
      Contribution: (key, ctx) => ctx.contributions.load(key),
      Person: (key) => refer(key),
      PersonalExport: ownExportOf,
      Space: (key) => refer(key),
    },
  });
}
