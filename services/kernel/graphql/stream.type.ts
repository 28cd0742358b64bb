import { ArgsType, Field, ObjectType } from 'type-graphql';
import type { EventType } from '../events/catalogue.js';
import type { HubEvent } from '../events/event.js';
import { CursorScalar, InstantScalar } from './scalars.js';

/** The argument every stream has. */
@ArgsType()
export class StreamArgs {
  @Field(() => CursorScalar, {
    nullable: true,
    description: 'Everything since this cursor, in order, and then what happens from now on; from now when left out.',
  })
  after?: string | null;
}

/** What every event of a stream carries; its source is the event itself. */
@ObjectType()
export abstract class StreamEvent {
  @Field(() => CursorScalar, {
    description: 'Place of this event: subscribe with "after" this cursor to go on behind it.',
  })
  cursor: string;

  @Field(() => InstantScalar, { description: 'When it happened; the real date for imported history.' })
  time: Date;
}

export type EventOf<Type extends EventType> = HubEvent<Type>;
