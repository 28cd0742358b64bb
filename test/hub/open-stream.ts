import { parse, validate } from 'graphql';
import { type PersonViewer, system, type Viewer } from '#kernel/auth/viewer.js';
import { comparePositions } from '#kernel/events/event.js';
import { eventReader } from '#kernel/events/event-log.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { type StreamFrame, subscribeOperation } from '#kernel/streams/subscribe-operation.js';
import { eventually } from './eventually.js';

export type EventFrame = Extract<StreamFrame, { kind: 'event' }>;

/** A subscription on a service, read frame by frame. */
export interface TestStream {
  /** Where it began: the cursor of its first frame. */
  readonly start: string;
  /** The next frame; undefined when the stream has ended. */
  next(): Promise<StreamFrame | undefined>;
  /** The next event, heartbeats left out. */
  nextEvent(): Promise<EventFrame>;
  /** All events up to the frame, of whatever kind, that has this cursor. */
  eventsUpTo(cursor: string): Promise<EventFrame[]>;
  end(): void;
}

/** The viewer that a person without an organisation is. */
export function viewerOf(personId: string, facts: Partial<PersonViewer> = {}): PersonViewer {
  return { kind: 'person', personId, organizationId: null, party: 'internal', administrator: false, ...facts };
}

export async function openStream(
  service: RunningService,
  viewer: Viewer,
  subscription: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<TestStream> {
  const ending = new AbortController();
  const answer = await subscribe(service, viewer, subscription, variables, ending.signal);
  if ('errors' in answer) throw new Error(`Refused: ${JSON.stringify(answer.errors)}`);
  const frames = answer.frames[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await frames.next();
    return done ? undefined : value;
  };
  const first = await next();
  if (first?.kind !== 'heartbeat') throw new Error('A stream begins by telling where.');
  return { start: first.cursor, next, ...reading(next), end: () => ending.abort() };
}

/** A cursor behind everything that was committed before the call, and before everything else. */
export async function presentOf(service: RunningService): Promise<string> {
  const reader = eventReader(service.database, service.name);
  const present = await reader.newest();
  await eventually(
    () => reader.head(),
    (head) => comparePositions(head, present) >= 0,
  );
  return service.createContext({ viewer: system, requestId: 'a-stream' }).cursors.cursorOf(present);
}

/** The code with which a subscription is refused; undefined when it is accepted. */
export async function refusalOf(
  service: RunningService,
  viewer: Viewer,
  subscription: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const ending = new AbortController();
  const answer = await subscribe(service, viewer, subscription, variables, ending.signal);
  ending.abort();
  return 'errors' in answer ? answer.errors[0]?.extensions.code : undefined;
}

function subscribe(
  service: RunningService,
  viewer: Viewer,
  subscription: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) {
  const document = parse(subscription);
  const [problem] = validate(service.schema, document);
  if (problem) throw problem;
  const request = { document, operationName: undefined, variables };
  return subscribeOperation(service, request, { viewer, requestId: 'a-stream' }, signal);
}

function reading(next: TestStream['next']): Pick<TestStream, 'nextEvent' | 'eventsUpTo'> {
  const must = async () => {
    const frame = await next();
    if (!frame) throw new Error('The stream ended.');
    return frame;
  };
  return {
    async nextEvent() {
      for (;;) {
        const frame = await must();
        if (frame.kind === 'event') return frame;
      }
    },
    async eventsUpTo(cursor) {
      const events: EventFrame[] = [];
      for (;;) {
        const frame = await must();
        if (frame.kind === 'event') events.push(frame);
        if (frame.cursor === cursor) return events;
      }
    },
  };
}
