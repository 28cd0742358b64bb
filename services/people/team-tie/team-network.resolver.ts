import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import { boldnessOf, maxWindowDays, type NetworkTie, nodesOf, type TeamNetwork, teamNetwork } from './team-network.js';
import { TeamNetworkEdgeType, TeamNetworkNodeType, TeamNetworkType } from './team-network.type.js';
import { type HomeTeam, homeTeam, type TeamTie } from './team-tie.js';
import { HomeTeamUnion, TeamTieType } from './team-tie.type.js';

const defaultWindowDays = 90;

@Resolver(() => TeamNetworkType)
export class TeamNetworkResolver {
  @NeedsScope('people:read')
  @Query(() => TeamNetworkType, {
    description: 'Which teams work together, for drawing: at most 200 ties and the teams they are between.',
  })
  teamNetwork(
    @Ctx() ctx: PeopleContext,
    @Arg('space', () => ID, {
      nullable: true,
      description: 'Only what happened in this space; everywhere when left out. Empty for a space you may not see.',
    })
    space: string | null | undefined,
    @Arg('window', () => Int, {
      defaultValue: defaultWindowDays,
      description: `Only ties for which something was done in so many days, 1 to ${maxWindowDays}.`,
    })
    window: number,
  ): Promise<TeamNetwork> {
    return teamNetwork(ctx, space ?? null, window);
  }

  @FieldResolver(() => [TeamNetworkNodeType], {
    description: 'The teams, those with most ties first; at most 400.',
  })
  nodes(@Root() network: TeamNetwork) {
    return nodesOf(network);
  }

  @FieldResolver(() => [TeamNetworkEdgeType], { description: 'The ties, the strongest first; at most 200.' })
  edges(@Root() network: TeamNetwork): readonly NetworkTie[] {
    return network.edges;
  }
}

@Resolver(() => TeamNetworkNodeType)
export class TeamNetworkNodeResolver {
  @FieldResolver(() => HomeTeamUnion, {
    nullable: true,
    description: 'The team; null when you may not see it any more.',
  })
  team(@Root() { id }: { readonly id: string }, @Ctx() ctx: PeopleContext): Promise<HomeTeam | null> {
    return homeTeam(ctx, id);
  }
}

@Resolver(() => TeamNetworkEdgeType)
export class TeamNetworkEdgeResolver {
  @FieldResolver(() => [ID], { description: 'The ids of its two nodes.' })
  between(@Root() { g, h }: NetworkTie): string[] {
    return [g, h];
  }

  @FieldResolver(() => Int, {
    description:
      'How boldly to draw it, from 1 to 5: each step is twice the strength. 1 while a single pair of people carries it.',
  })
  weight(@Root() tie: NetworkTie, @Ctx() ctx: PeopleContext): number {
    return boldnessOf(tie, ctx.now());
  }

  @FieldResolver(() => TeamTieType, { description: 'The tie, as it is everywhere.' })
  tie(@Root() tie: NetworkTie): TeamTie {
    return tie;
  }
}
