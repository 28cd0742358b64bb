import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireAdministrator } from '#kernel/auth/require-viewer.js';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonConnection } from '../person/person.type.js';
import {
  ReinstatePersonInput,
  ReinstatePersonPayload,
  SuspendPersonInput,
  SuspendPersonPayload,
} from './suspension.input.js';
import { reinstatePerson, suspendPerson } from './suspension.js';
import { selectSuspended } from './suspension.repository.js';

@Resolver()
export class SuspensionResolver {
  @NeedsScope('access:admin')
  @Query(() => PersonConnection, { description: 'The people who are shut out, by name; for administrators.' })
  async suspendedPeople(@Ctx() ctx: PeopleContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Person>> {
    requireAdministrator(ctx.viewer, 'see who is shut out');
    return connect<Person>(ctx, selectSuspended(ctx.viewer), page);
  }

  @NeedsScope('access:admin')
  @Mutation(() => SuspendPersonPayload, {
    description:
      'Shuts a person out: none of their tokens and sign-ins is good any more, their open subscriptions end; for administrators. It decides what was reported of them.',
  })
  suspendPerson(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => SuspendPersonInput, { description: 'The person.' }) input: SuspendPersonInput,
  ): Promise<SuspendPersonPayload> {
    return answerMutation(input, () => suspendPerson(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => ReinstatePersonPayload, {
    description: 'Lets a person in again who was shut out; for administrators.',
  })
  reinstatePerson(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ReinstatePersonInput, { description: 'The person.' }) input: ReinstatePersonInput,
  ): Promise<ReinstatePersonPayload> {
    return answerMutation(input, () => reinstatePerson(ctx, input));
  }
}
