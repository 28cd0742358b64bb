import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Team } from '../team/team.entity.js';
import { TeamType } from '../team/team.type.js';
import { type Distance, distanceTo } from './distance.js';
import { PersonDistanceType } from './distance.type.js';

@Resolver(() => PersonType)
export class PersonDistanceResolver {
  @FieldResolver(() => PersonDistanceType, {
    nullable: true,
    description:
      'How far this person is from another one; for the person alone, null for everybody else and where there is no such person.',
  })
  distanceTo(
    @Root() person: Person,
    @Ctx() ctx: PeopleContext,
    @Arg('person', () => ID, { description: 'The other person.' }) other: string,
  ): Promise<Distance | null> {
    return distanceTo(ctx, person.id, other);
  }
}

@Resolver(() => PersonDistanceType)
export class DistanceResolver {
  @FieldResolver(() => [PersonType], {
    description: 'Some of those you both have a tie with, the closest first; at most 5.',
  })
  sharedContacts(@Root() distance: Distance): readonly Person[] {
    return distance.sharedContacts;
  }

  @FieldResolver(() => [TeamType], { description: 'Teams you are both in now; at most 5.' })
  sharedTeams(@Root() distance: Distance): readonly Team[] {
    return distance.sharedTeams;
  }
}
