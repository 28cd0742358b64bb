import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '#kernel/events/event.js';
import { type Keyed, referTo } from '#kernel/graphql/entity-key.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { subscribeTo } from '#kernel/streams/stream-field.js';
import type { Contribution } from '../contribution/contribution.entity.js';
import { ContributionObject } from '../contribution/contribution.type.js';
import { PersonWithIdeas } from '../foreign/foreign-types.js';
import type { Idea } from '../idea/idea.entity.js';
import { IdeaType } from '../idea/idea.type.js';
import type { IdeasContext } from '../ideas-context.js';
import { actorOf, type IdeaActivity, ideaActivity, toIdeaActivity } from './idea-activity.js';
import { IdeaActivityArgs, IdeaActivityType } from './idea-activity.type.js';

@Resolver(() => IdeaActivityType)
export class IdeaActivityResolver {
  @NeedsScope('ideas:read')
  @Subscription(() => IdeaActivityType, {
    description:
      'Everything that happens to the ideas you may see: submitted, revised, contributed to, endorsed, moved, hidden.',
    subscribe: subscribeTo(ideaActivity),
  })
  ideaActivity(
    @Root() event: HubEvent,
    @Args(() => IdeaActivityArgs) _filter: IdeaActivityArgs,
  ): IdeaActivity | undefined {
    return toIdeaActivity(event);
  }

  @FieldResolver(() => IdeaType, { nullable: true, description: 'The idea as it is now.' })
  idea(@Root() activity: IdeaActivity, @Ctx() ctx: IdeasContext): Promise<Idea | null> {
    return ctx.ideas.load(activity.ideaId);
  }

  @FieldResolver(() => ContributionObject, {
    nullable: true,
    description: 'The contribution, where it happened to one; null when you may not see it.',
  })
  async contribution(@Root() activity: IdeaActivity, @Ctx() ctx: IdeasContext): Promise<Contribution | null> {
    return activity.contributionId === null ? null : ctx.contributions.load(activity.contributionId);
  }

  @FieldResolver(() => PersonWithIdeas, {
    nullable: true,
    description: 'Who did it; null when the hub, an import or a moderator did.',
  })
  actor(@Root() activity: IdeaActivity): Keyed | null {
    return referTo('Person', actorOf(activity));
  }
}
