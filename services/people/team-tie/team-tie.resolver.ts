import { Args, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { type Keyed, refer } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { foreignNodes } from '../node/foreign-node.type.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Team } from '../team/team.entity.js';
import { TeamType } from '../team/team.type.js';
import {
  crossesBorder,
  type HomeTeam,
  homeTeam,
  ofSeveral,
  organizationOf,
  type TeamTie,
  type TeamTieStanding,
  teamStandingOf,
  teamStrengthOf,
} from './team-tie.js';
import {
  HomeTeamUnion,
  TeamTieConnection,
  TeamTieEvidenceType,
  TeamTieStateEnum,
  TeamTieType,
} from './team-tie.type.js';
import { selectTeamTies, teamTieLists } from './team-tie-list.js';

const onePair = 'null while a single pair of people carries the tie, since it would be a figure of these two.';

@Resolver(() => TeamTieType)
export class TeamTieResolver {
  @FieldResolver(() => [HomeTeamUnion], { nullable: 'items', description: 'The two teams.' })
  teams(@Root() { g, h }: TeamTie, @Ctx() ctx: PeopleContext): Promise<(HomeTeam | null)[]> {
    return Promise.all([homeTeam(ctx, g), homeTeam(ctx, h)]);
  }

  @FieldResolver(() => TeamTieStateEnum, { description: 'How they stand to each other now.' })
  state(@Root() tie: TeamTie, @Ctx() ctx: PeopleContext): TeamTieStanding {
    return teamStandingOf(tie, ctx.now());
  }

  @FieldResolver(() => Boolean, { description: 'Whether they are of two organisations.' })
  async crossesOrganizations(@Root() { g, h }: TeamTie, @Ctx() ctx: PeopleContext): Promise<boolean> {
    return crossesBorder(await Promise.all([organizationOf(ctx, g), organizationOf(ctx, h)]));
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: `The weights of all their ties together, as they are now: a reply weighs 1, and half as much after 60 days; ${onePair}`,
  })
  strength(@Root() tie: TeamTie, @Ctx() ctx: PeopleContext): number | null {
    return teamStrengthOf(tie, ctx.now());
  }

  @FieldResolver(() => TeamTieEvidenceType, { description: 'What it rests on.' })
  evidence(@Root() tie: TeamTie): TeamTie {
    return tie;
  }
}

@Resolver(() => TeamTieEvidenceType)
export class TeamTieEvidenceResolver {
  @FieldResolver(() => Int, { nullable: true, description: `How many interactions it was made of; ${onePair}` })
  interactions(@Root() tie: TeamTie): number | null {
    return ofSeveral(tie, tie.interactions);
  }

  @FieldResolver(() => [foreignNodes.Idea], {
    nullable: 'items',
    description:
      'The ideas it came from of late, at most 10, the latest first; null in place of those you may not see. Empty for what ' +
      'was longer than 180 days ago when it was told.',
  })
  async ideas(@Root() tie: TeamTie, @Ctx() ctx: PeopleContext): Promise<Keyed[]> {
    return (await ctx.teamTieOrigins.load(tie.number)).ideas.map((id) => refer(id));
  }

  @FieldResolver(() => [foreignNodes.Conversation], {
    nullable: 'items',
    description: 'The conversations it came from of late, in the same way.',
  })
  async conversations(@Root() tie: TeamTie, @Ctx() ctx: PeopleContext): Promise<Keyed[]> {
    return (await ctx.teamTieOrigins.load(tie.number)).conversations.map((id) => refer(id));
  }
}

@Resolver(() => TeamType)
export class TeamTiesResolver {
  @FieldResolver(() => TeamTieConnection, { description: 'Its ties with other teams, the strongest first.' })
  ties(
    @Root() team: Team,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<TeamTie>> {
    return ctx.lists.load(team.id, selectTeamTies(ctx.viewer, teamTieLists.tiesOfTeam), page);
  }
}

@Resolver(() => OrganizationType)
export class OrganizationTiesResolver {
  @FieldResolver(() => TeamTieConnection, {
    description:
      'The ties with teams that its people have who act from outside, the strongest first; none for the host.',
  })
  ties(
    @Root() organization: Organization,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<TeamTie>> {
    return ctx.lists.load(organization.id, selectTeamTies(ctx.viewer, teamTieLists.tiesOfOrganization), page);
  }
}
