import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { PersonViewer } from '#kernel/auth/viewer.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import { ViewerType } from './viewer.type.js';

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'You, or null when you are not signed in.' })
  viewer(@Ctx() ctx: PeopleContext): PersonViewer | null {
    return ctx.viewer.kind === 'person' ? ctx.viewer : null;
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'You as others see you; null when erased meanwhile.',
  })
  person(@Root() viewer: PersonViewer, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(viewer.personId);
  }
}
