import type { GraphQLSchema } from 'graphql';
import { refer } from '#kernel/graphql/entity-key.js';
import { buildSubgraph } from '#kernel/graphql/subgraph.js';
import { ChallengeResolver, IdeaChallengeResolver, SpaceChallengesResolver } from './challenge/challenge.resolver.js';
import { IdeaResolver, SpaceIdeasResolver } from './idea/idea.resolver.js';
import type { IdeasContext } from './ideas-context.js';

/** The part of the graph this service answers for. */
export function buildIdeasSubgraph(): Promise<GraphQLSchema> {
  return buildSubgraph<IdeasContext>({
    resolvers: [IdeaResolver, SpaceIdeasResolver, ChallengeResolver, IdeaChallengeResolver, SpaceChallengesResolver],
    references: {
      Idea: (key, ctx) => ctx.ideas.load(key),
      Challenge: (key, ctx) => ctx.challenges.load(key),
      Space: (key) => refer(key),
    },
  });
}
