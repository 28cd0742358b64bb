import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '#kernel/events/event.js';
import { type Keyed, refer } from '#kernel/graphql/entity-key.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { subscribeTo } from '#kernel/streams/stream-field.js';
import { foreignNodes } from '../node/foreign-node.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import {
  type CrossTeamConnection,
  crossTeamConnectionMade,
  peopleOf,
  toCrossTeamConnection,
} from './cross-team-connection.js';
import { CrossTeamConnectionArgs, CrossTeamConnectionType } from './cross-team-connection.type.js';
import { crossesBorder, type HomeTeam, homeTeam, type TeamTie } from './team-tie.js';
import { HomeTeamUnion, TeamTieType } from './team-tie.type.js';

@Resolver(() => CrossTeamConnectionType)
export class CrossTeamConnectionResolver {
  @NeedsScope('people:read')
  @Subscription(() => CrossTeamConnectionType, {
    description: 'The moment in which two teams first connect, and what becomes of their connection.',
    subscribe: subscribeTo(crossTeamConnectionMade),
  })
  crossTeamConnectionMade(
    @Root() event: HubEvent,
    @Args(() => CrossTeamConnectionArgs) _filter: CrossTeamConnectionArgs,
  ): CrossTeamConnection | undefined {
    return toCrossTeamConnection(event);
  }

  @FieldResolver(() => [HomeTeamUnion], { nullable: 'items', description: 'The two teams.' })
  teams(@Root() { event }: CrossTeamConnection, @Ctx() ctx: PeopleContext): Promise<(HomeTeam | null)[]> {
    return Promise.all(event.data.teams.map((id) => homeTeam(ctx, id)));
  }

  @FieldResolver(() => TeamTieType, {
    nullable: true,
    description: 'Their tie as it is now; null when nothing is left.',
  })
  tie(@Root() { event }: CrossTeamConnection, @Ctx() ctx: PeopleContext): Promise<TeamTie | null> {
    return ctx.teamTies.load(event.subject);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is the first connection ever between the two.' })
  firstEver(@Root() { kind }: CrossTeamConnection): boolean {
    return kind === 'FIRST_CONNECTION';
  }

  @FieldResolver(() => Boolean, { description: 'Whether the two were of two organisations.' })
  crossesOrganizations(@Root() { event }: CrossTeamConnection): boolean {
    return crossesBorder(event.data.organizations);
  }

  @FieldResolver(() => [PersonType], {
    description:
      'The two people of whose tie it came. Empty when you may not see both, when one of them wants no ties to be kept, and ' +
      'for AT_RISK and DORMANT.',
  })
  people(@Root() connection: CrossTeamConnection, @Ctx() ctx: PeopleContext): Promise<Person[]> {
    return peopleOf(connection, ctx);
  }

  @FieldResolver(() => foreignNodes.Idea, {
    nullable: true,
    description: 'The idea it grew from; null when there is none, or when you may not see it.',
  })
  idea(@Root() { event }: CrossTeamConnection): Keyed | null {
    return refer(event.data.idea);
  }

  @FieldResolver(() => foreignNodes.Conversation, {
    nullable: true,
    description: 'The conversation it grew from; null when there is none, or when you may not see it.',
  })
  conversation(@Root() { event }: CrossTeamConnection): Keyed | null {
    return refer(event.data.conversation);
  }
}
