import { ArgsType, Ctx, Field, ObjectType, Root } from 'type-graphql';
import type { HubEvent } from '../events/event.js';
import type { RequestContext } from '../runtime/request-context.js';
import { CursorScalar, InstantScalar } from './scalars.js';

/** The argument every stream has. */
@ArgsType()
export class StreamArgs {
  @Field(() => CursorScalar, {
    nullable: true,
    description:
      'Everything since this cursor, in order, and then what happens from now on. When left out: from now on, and perhaps ' +
      'what happened in the last moment before.',
  })
  after?: string | null;
}

/** What every event of a stream tells. The value behind it is an event of the log, or holds one. */
@ObjectType()
export abstract class StreamEvent {
  @Field(() => CursorScalar, {
    description: 'Place of this event: subscribe with "after" this cursor to go on behind it.',
  })
  cursor(@Root() root: EventHolder, @Ctx() ctx: RequestContext): Promise<string> {
    return ctx.cursors.cursorOf(eventOf(root).position);
  }

  @Field(() => InstantScalar, { description: 'When it happened; the real date for imported history.' })
  time(@Root() root: EventHolder): Date {
    return eventOf(root).time;
  }
}

type EventHolder = HubEvent | { readonly event: HubEvent };

function eventOf(root: EventHolder): HubEvent {
  return 'event' in root ? root.event : root;
}
