import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { type Keyed, referTo } from '#kernel/graphql/entity-key.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { subscribeTo } from '#kernel/streams/stream-field.js';
import { PersonWithIdeas } from '../foreign/foreign-types.js';
import type { IdeasContext } from '../ideas-context.js';
import type { Contribution } from './contribution.entity.js';
import { ContributionObject } from './contribution.type.js';
import { type ContributionAdded, contributionAdded } from './contribution-added.js';
import { ContributionAddedArgs, ContributionAddedType } from './contribution-added.type.js';

@Resolver(() => ContributionAddedType)
export class ContributionAddedResolver {
  @NeedsScope('ideas:read')
  @Subscription(() => ContributionAddedType, {
    description: 'New contributions to ideas you may see, as they come.',
    subscribe: subscribeTo(contributionAdded),
  })
  contributionAdded(
    @Root() event: ContributionAdded,
    @Args(() => ContributionAddedArgs) _filter: ContributionAddedArgs,
  ): ContributionAdded {
    return event;
  }

  @FieldResolver(() => ContributionObject, {
    nullable: true,
    description: 'The contribution; null when it is gone by now.',
  })
  contribution(@Root() event: ContributionAdded, @Ctx() ctx: IdeasContext): Promise<Contribution | null> {
    return ctx.contributions.load(event.subject);
  }

  @FieldResolver(() => PersonWithIdeas, { nullable: true, description: 'Who made it.' })
  actor(@Root() event: ContributionAdded): Keyed | null {
    return referTo('Person', event.actor);
  }
}
