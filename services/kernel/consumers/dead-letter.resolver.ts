import { Arg, type ClassType, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { requireAdministrator } from '../auth/require-viewer.js';
import { notFound } from '../errors/user-error.js';
import { answerMutation } from '../graphql/answer-mutation.js';
import { MutationInput, MutationPayload } from '../graphql/mutation.type.js';
import { NeedsScope } from '../graphql/scope.js';
import type { RequestContext } from '../runtime/request-context.js';
import { listLetters, type ParkedEvent, retryLetter } from './dead-letter.js';
import { DeadLetterType } from './dead-letter.type.js';

/** What a service shows its administrators of the events its consumers have set aside: `peopleDeadLetters`, `retryPeopleDeadLetter`. */
export function deadLetterResolver(service: 'people' | 'ideas' | 'conversations'): ClassType {
  const Name = `${service.charAt(0).toUpperCase()}${service.slice(1)}`;

  @InputType(`Retry${Name}DeadLetterInput`, { description: `Input of retry${Name}DeadLetter.` })
  class RetryInput extends MutationInput {
    @Field(() => ID, { description: 'Id of the event.' })
    event: string;
  }

  @ObjectType(`Retry${Name}DeadLetterPayload`, { description: `What retry${Name}DeadLetter did.` })
  class RetryPayload extends MutationPayload {
    @Field(() => [String], {
      nullable: true,
      description: 'The consumers that try it again, within a second; null when there are errors.',
    })
    consumers: readonly string[] | null;
  }

  @Resolver()
  class DeadLetterResolver {
    @NeedsScope('events:read')
    @Query(() => [DeadLetterType], {
      name: `${service}DeadLetters`,
      description: `Events that consumers of ${service} have set aside, the first 100, those given up first, then by age; for administrators.`,
    })
    letters(@Ctx() ctx: RequestContext): Promise<ParkedEvent[]> {
      requireAdministrator(ctx.viewer, 'see events that were set aside');
      return listLetters(ctx.db);
    }

    @NeedsScope('events:write')
    @Mutation(() => RetryPayload, {
      name: `retry${Name}DeadLetter`,
      description: `Lets the consumers of ${service} that have set an event aside try it again at once, up to eight times; for administrators.`,
    })
    retry(
      @Ctx() ctx: RequestContext,
      @Arg('input', () => RetryInput, { description: 'Which event.' }) input: RetryInput,
    ): Promise<RetryPayload> {
      return answerMutation<RetryPayload>(input, async () => {
        requireAdministrator(ctx.viewer, 'let an event be tried again');
        const consumers = await retryLetter(ctx.db, input.event, ctx.now());
        if (consumers.length === 0) throw notFound('event that was set aside', input.event, 'event');
        return { consumers, cursor: null };
      });
    }
  }
  return DeadLetterResolver;
}
