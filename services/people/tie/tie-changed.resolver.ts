import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '#kernel/events/event.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { StreamArgs } from '#kernel/graphql/stream.type.js';
import { subscribeTo } from '#kernel/streams/stream-field.js';
import type { PeopleContext } from '../people-context.js';
import { TieType } from './tie.type.js';
import { changedTie, type TieChanged, tieChanged, toTieChanged } from './tie-changed.js';
import { TieChangedType } from './tie-changed.type.js';
import type { Tie } from './tie-standing.js';

@Resolver(() => TieChangedType)
export class TieChangedResolver {
  @NeedsScope('people:read')
  @Subscription(() => TieChangedType, {
    description: 'What happens to your own ties: that they form, become mutual, fall asleep and wake up again.',
    subscribe: subscribeTo(tieChanged),
  })
  tieChanged(@Root() event: HubEvent, @Args(() => StreamArgs) _args: StreamArgs): TieChanged | undefined {
    return toTieChanged(event);
  }

  @FieldResolver(() => TieType, { nullable: true, description: 'The tie as it is now, from your side.' })
  tie(@Root() changed: TieChanged, @Ctx() ctx: PeopleContext): Promise<Tie | null> {
    return changedTie(changed, ctx);
  }
}
