import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '#kernel/events/event.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { subscribeTo } from '#kernel/streams/stream-field.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Space } from '../space/space.entity.js';
import { SpaceType } from '../space/space.type.js';
import type { Team } from '../team/team.entity.js';
import { TeamType } from '../team/team.type.js';
import { type PeopleActivity, peopleActivity, toPeopleActivity } from './people-activity.js';
import { PeopleActivityArgs, PeopleActivityType } from './people-activity.type.js';

@Resolver(() => PeopleActivityType)
export class PeopleActivityResolver {
  @NeedsScope('people:read')
  @Subscription(() => PeopleActivityType, {
    description: 'What happens to people, teams and organisations, and to the spaces you may see and their members.',
    subscribe: subscribeTo(peopleActivity),
  })
  peopleActivity(
    @Root() event: HubEvent,
    @Args(() => PeopleActivityArgs) _filter: PeopleActivityArgs,
  ): PeopleActivity | undefined {
    return toPeopleActivity(event);
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'The person as they are now; for the kinds that are about a person or a member.',
  })
  async person(@Root() { personId }: PeopleActivity, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return personId === null ? null : ctx.people.load(personId);
  }

  /** Whoever shows the members of a space has to hear who left it; elsewhere nobody learns of people they do not see. */
  @FieldResolver()
  personId(@Root() { personId, spaceId }: PeopleActivity): string | null {
    return spaceId === null ? null : personId;
  }

  @FieldResolver(() => TeamType, {
    nullable: true,
    description: 'The team as it is now; for the kinds that are about a team or its members.',
  })
  async team(@Root() { teamId }: PeopleActivity, @Ctx() ctx: PeopleContext): Promise<Team | null> {
    return teamId === null ? null : ctx.teams.load(teamId);
  }

  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: 'The organisation it is about, or that the person or team belonged to then; null for spaces.',
  })
  async organization(
    @Root() { organizationId }: PeopleActivity,
    @Ctx() ctx: PeopleContext,
  ): Promise<Organization | null> {
    return organizationId === null ? null : ctx.organizations.load(organizationId);
  }

  @FieldResolver(() => SpaceType, {
    nullable: true,
    description: 'The space as it is now; for the kinds that are about a space or its members.',
  })
  async space(@Root() { spaceId }: PeopleActivity, @Ctx() ctx: PeopleContext): Promise<Space | null> {
    return spaceId === null ? null : ctx.spaces.load(spaceId);
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who did it; null when the hub or an import did.',
  })
  async actor(@Root() { event }: PeopleActivity, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return event.actor === null ? null : ctx.people.load(event.actor);
  }
}
