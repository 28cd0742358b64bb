import type { Consumer, ConsumerGiven } from '../consumers/consumer.js';
import { type HubEvent, isEvent } from '../events/event.js';
import type { Write } from '../write/write.js';
import { eraseHandle, type WrittenText } from './erase-handle.js';
import { type Trace, takeAway } from './trace.js';

/** What a service that follows people keeps of a person, and where their handle may have been written. */
export interface PersonTraces {
  readonly service: 'ideas' | 'conversations';
  readonly traces: readonly Trace[];
  readonly texts: readonly WrittenText[];
}

/**
 * Takes a person out of a service, and says that it is done. What they brought in stays, under an id that was made for this and
 * is known nowhere else: so it is still seen what one author wrote, and not who.
 */
export function onPersonErased(of: PersonTraces): Consumer {
  return {
    name: 'on-person-erased',
    source: 'people',
    types: ['people.person.erased'],
    async handle(events, tx, given) {
      for (const event of events) if (isEvent(event, 'people.person.erased')) await erase(of, event, tx, given);
    },
  };
}

type ErasedEvent = HubEvent<'people.person.erased'>;

async function erase(
  of: PersonTraces,
  { id, subject, data }: ErasedEvent,
  tx: Write,
  given: ConsumerGiven,
): Promise<void> {
  await takeAway(tx, of.traces, subject, given.newId('Person'));
  if (data.handleMark !== null) await eraseHandle(tx, of.texts, data.handleMark, given.secret);
  const type = `${of.service}.erasure.completed` as const;
  tx.append({ type, subject: data.erasure, actor: null, causation: [id], data: {} });
}
