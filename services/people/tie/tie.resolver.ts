import { Arg, Args, Ctx, FieldResolver, Float, ID, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import { between, decayed } from './decay.js';
import { TieConnection, TieStateEnum, TieType } from './tie.type.js';
import { selectTies } from './tie-list.js';
import { mutualityOf, standingOf, strengthOf, type Tie, type TieStanding } from './tie-standing.js';

@Resolver(() => TieType)
export class TieResolver {
  @FieldResolver(() => PersonType, { nullable: true, description: 'The other one; null when erased.' })
  person(@Root() tie: Tie, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(tie.b);
  }

  @FieldResolver(() => TieStateEnum, { description: 'How the two stand to each other now.' })
  state(@Root() tie: Tie, @Ctx() ctx: PeopleContext): TieStanding {
    return standingOf(tie, ctx.now());
  }

  @FieldResolver(() => Float, {
    description:
      'The weights of both directions together, as they are now: a reply weighs 1, and half as much after 60 days. ' +
      'Greater than 0, without limit.',
  })
  strength(@Root() tie: Tie, @Ctx() ctx: PeopleContext): number {
    return strengthOf(tie, ctx.now());
  }

  @FieldResolver(() => Float, { description: 'The weight of what goes from this side to the other, as it is now.' })
  given(@Root() tie: Tie, @Ctx() ctx: PeopleContext): number {
    return decayed(tie.weight, between(tie.lastAt, ctx.now()));
  }

  @FieldResolver(() => Float, { description: 'The weight of what comes back, as it is now.' })
  received(@Root() tie: Tie, @Ctx() ctx: PeopleContext): number {
    return decayed(tie.returned, between(tie.lastAt, ctx.now()));
  }

  @FieldResolver(() => Float, { description: 'The lesser of both weights divided by the greater: 0 to 1.' })
  mutuality(@Root() tie: Tie): number {
    return mutualityOf(tie);
  }
}

@Resolver(() => PersonType)
export class PersonTiesResolver {
  @FieldResolver(() => TieConnection, {
    description: 'The ties of this person, the strongest first; for the person alone, empty for everybody else.',
  })
  ties(
    @Root() person: Person,
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('states', () => [TieStateEnum], {
      nullable: true,
      description: 'Only ties of one of these states; all when left out. A CONTACT is no tie, and never in the list.',
    })
    states?: TieStanding[] | null,
  ): Promise<Connection<Tie>> {
    return ctx.lists.load(person.id, selectTies(ctx.viewer, states ?? null, ctx.now()), page);
  }

  @FieldResolver(() => TieType, {
    nullable: true,
    description:
      'What this person has with another one, as a tie or a contact; null when there is nothing, or when you are neither ' +
      'of the two.',
  })
  tieTo(
    @Root() person: Person,
    @Ctx() ctx: PeopleContext,
    @Arg('person', () => ID, { description: 'The other person.' }) other: string,
  ): Promise<Tie | null> {
    return ctx.ties.load({ a: person.id, b: other });
  }
}
