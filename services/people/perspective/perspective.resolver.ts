import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Perspective } from './perspective.entity.js';
import { DeclarePerspectivesInput, DeclarePerspectivesPayload } from './perspective.input.js';
import { declarePerspectives } from './perspective.js';
import { PerspectiveType } from './perspective.type.js';

@Resolver(() => PersonType)
export class PersonPerspectivesResolver {
  @NeedsScope('people:write')
  @Mutation(() => DeclarePerspectivesPayload, {
    description: 'Says from where you, or the person an administrator names, look at things.',
  })
  declarePerspectives(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => DeclarePerspectivesInput, { description: 'The facets.' }) input: DeclarePerspectivesInput,
  ): Promise<DeclarePerspectivesPayload> {
    return answerMutation(input, () => declarePerspectives(ctx, input));
  }

  @FieldResolver(() => [PerspectiveType], {
    description: 'From where the person looks at things, by dimension; at most 50, empty when nothing was declared.',
  })
  perspectives(@Root() person: Person, @Ctx() ctx: PeopleContext): Promise<readonly Perspective[]> {
    return ctx.perspectives.load(person.id);
  }
}
