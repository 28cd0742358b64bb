import { type PersonViewer, system } from '#kernel/auth/viewer.js';
import type { Consumer } from '#kernel/consumers/consumer.js';
import { statement } from '#kernel/database/statement.js';
import type { EventData, EventType } from '#kernel/events/catalogue.js';
import { beforeAllEvents, type HubEvent } from '#kernel/events/event.js';
import { mintId } from '#kernel/ids/id.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { onIdeaJoined } from '../consumers/on-idea-joined.js';
import { onInteractionRecorded } from '../consumers/on-interaction-recorded.js';
import { onMessageAddressed } from '../consumers/on-message-addressed.js';

type NewEvent<Type extends EventType> = Pick<HubEvent<Type>, 'type' | 'subject' | 'actor'> & {
  readonly at: string;
  readonly space?: string;
  readonly data: EventData<Type>;
};

/** An event as the log would give it. */
export function eventOf<Type extends EventType>({ at, space = 'space_1', ...event }: NewEvent<Type>): HubEvent<Type> {
  const none = { id: 'event_1', source: 'a service', causation: [], position: beforeAllEvents };
  return { ...none, ...event, time: new Date(at), space };
}

/** Hands events to whoever is concerned, in one transaction, as the running consumer does. */
export async function hand(service: RunningService, events: readonly HubEvent[]): Promise<void> {
  const ctx = service.createContext({ viewer: system, requestId: 'a-test' });
  const { now, newId } = ctx;
  for (const consumer of [onIdeaJoined, onMessageAddressed, onInteractionRecorded]) {
    const wanted = events.filter(({ type }) => consumer.types.includes(type));
    if (wanted.length > 0)
      await ctx.write(turnOf(consumer), (tx) =>
        consumer.handle(wanted, tx, { now, newId, secret: 'of no use to ties' }),
      );
  }
}

function turnOf({ name, inTurn }: Consumer) {
  return { name, input: {}, ...(inTurn === undefined ? {} : { inTurn }) };
}

/** Two people dealing with each other outside the hub. */
export function met(from: PersonViewer, to: PersonViewer, at: Date, weight = 1): HubEvent {
  const data = { from: from.personId, to: to.personId, type: 'meeting', weight };
  return eventOf({
    ...{ type: 'people.interaction.recorded', subject: mintId('Interaction'), actor: from.personId },
    ...{ at: at.toISOString(), data },
  });
}

export interface SeenTie {
  readonly state: string;
  readonly epoch: number;
  readonly weight: number;
  readonly returned: number;
  readonly lastAt: Date;
}

const between = statement(
  'SELECT state, epoch, weight, returned, last_at AS "lastAt" FROM tie WHERE a = $1 AND b = $2',
);

/** The tie as it is stored on the side of the first; undefined when there is none. */
export async function storedTie(service: RunningService, a: string, b: string): Promise<SeenTie | undefined> {
  const [tie] = await service.database.read<SeenTie>(between, [a, b]);
  return tie;
}
