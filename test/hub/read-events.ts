import { system } from '#kernel/auth/viewer.js';
import { beforeAllEvents, comparePositions, type HubEvent } from '#kernel/events/event.js';
import { type EventReader, eventReader } from '#kernel/events/event-log.js';
import type { ServiceName } from '../../services/service-definitions.js';
import { eventually } from './eventually.js';
import type { TestHub } from './test-hub.js';

/** All events of a service that were committed before the call, in order. */
export function eventsOf(hub: TestHub, service: ServiceName): Promise<HubEvent[]> {
  return settledEvents(eventReader(hub.service(service).database, service));
}

/** The event that the cursor of a mutation's payload stands for. */
export async function eventAt(hub: TestHub, service: ServiceName, cursor: string | null): Promise<HubEvent> {
  const { cursors } = hub.service(service).createContext({ viewer: system, requestId: 'test' });
  const position = await cursors.positionOf(cursor ?? '');
  const found = (await eventsOf(hub, service)).find((event) => comparePositions(event.position, position) === 0);
  if (!found) throw new Error('The cursor stands for no event.');
  return found;
}

/** The log shows everything once older transactions of the whole server have ended. */
export async function settledEvents(reader: EventReader): Promise<HubEvent[]> {
  const goal = await reader.newest();
  await eventually(
    () => reader.head(),
    (head) => comparePositions(head, goal) >= 0,
  );
  return reader.read(beforeAllEvents, 100_000);
}
