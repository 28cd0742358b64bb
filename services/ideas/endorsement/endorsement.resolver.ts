import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { type Keyed, keyOf, refer } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { PersonWithIdeas } from '../foreign/foreign-types.js';
import type { Idea } from '../idea/idea.entity.js';
import { IdeaType } from '../idea/idea.type.js';
import type { IdeasContext } from '../ideas-context.js';
import type { Endorsement } from './endorsement.entity.js';
import { endorseIdea, withdrawEndorsement } from './endorsement.js';
import { endorsementsOfIdea, endorsementsOfPerson } from './endorsement.repository.js';
import {
  EndorseIdeaInput,
  EndorseIdeaPayload,
  EndorsementConnection,
  EndorsementType,
  WithdrawEndorsementInput,
  WithdrawEndorsementPayload,
} from './endorsement.type.js';

@Resolver(() => EndorsementType)
export class EndorsementResolver {
  @NeedsScope('ideas:write')
  @Mutation(() => EndorseIdeaPayload, { description: 'Gives an idea your support. Doing it twice changes nothing.' })
  endorseIdea(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => EndorseIdeaInput, { description: 'The idea.' }) input: EndorseIdeaInput,
  ): Promise<EndorseIdeaPayload> {
    return answerMutation(input, () => endorseIdea(ctx, input));
  }

  @NeedsScope('ideas:write')
  @Mutation(() => WithdrawEndorsementPayload, {
    description: 'Takes your support back. Without one it changes nothing.',
  })
  withdrawEndorsement(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => WithdrawEndorsementInput, { description: 'The idea.' }) input: WithdrawEndorsementInput,
  ): Promise<WithdrawEndorsementPayload> {
    return answerMutation(input, () => withdrawEndorsement(ctx, input));
  }

  @FieldResolver(() => PersonWithIdeas, {
    nullable: true,
    description: 'Who gives it; null when erased, or for who may not see them.',
  })
  person(@Root() endorsement: Endorsement): Keyed {
    return refer(endorsement.personId);
  }

  @FieldResolver(() => IdeaType, { nullable: true, description: 'The idea it is for.' })
  idea(@Root() endorsement: Endorsement, @Ctx() ctx: IdeasContext): Promise<Idea | null> {
    return ctx.ideas.load(endorsement.ideaId);
  }
}

@Resolver(() => IdeaType)
export class IdeaEndorsementsResolver {
  @FieldResolver(() => EndorsementConnection, { description: 'Who endorses it, latest first.' })
  async endorsements(
    @Root() idea: Idea,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Endorsement>> {
    return ctx.lists.load<Endorsement>(idea.id, endorsementsOfIdea(), page, () => idea.endorsementCount);
  }

  @FieldResolver(() => Boolean, { description: 'Whether you endorse it.' })
  viewerEndorses(@Root() idea: Idea, @Ctx() ctx: IdeasContext): Promise<boolean> {
    return ctx.endorsed.load(idea.id);
  }
}

@Resolver(() => PersonWithIdeas)
export class PersonEndorsementsResolver {
  @NeedsScope('ideas:read')
  @FieldResolver(() => EndorsementConnection, {
    nullable: true,
    description:
      'What this person endorses among the ideas you may see, latest first. Null when the service of ideas does not answer.',
  })
  endorsements(
    @Root() person: Keyed,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Endorsement>> {
    return ctx.lists.load(keyOf(person), endorsementsOfPerson(ctx.viewer), page);
  }
}
