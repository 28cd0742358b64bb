import { GraphQLError } from 'graphql';
import { type Seal, seal } from '../auth/sealed-text.js';
import { comparePositions, type EventPosition } from './event.js';
import type { EventReader } from './event-log.js';

/** Turns positions into the opaque cursors clients keep, and back. A cursor that cannot be honoured gets an answer that says why. */
export interface EventCursors {
  cursorOf(position: EventPosition): Promise<string>;
  /** A position that is known to lie in the log, because it is held in memory, needs no look at it. */
  positionOf(cursor: string, isHeld?: (position: EventPosition) => boolean): Promise<EventPosition>;
  /** The database began another life: what was known of its epochs may be wrong. */
  forget(): void;
}

export function eventCursors(secret: string, reader: EventReader): EventCursors {
  const sealed: Seal = seal(secret, `event-cursor:${reader.service}`);
  const epochs = epochNames(reader);
  return {
    async cursorOf(position) {
      return sealed.close(`${await epochs.labelOf(position.epoch)}.${position.xid}.${position.seq}`);
    },
    async positionOf(cursor, isHeld = () => false) {
      const [label, xid, seq] = (sealed.open(cursor) ?? '').split('.');
      if (label === undefined || xid === undefined || seq === undefined)
        throw invalidCursor('it is damaged or belongs to another stream');
      const epoch = await epochs.numberOf(label);
      if (epoch === undefined) throw invalidCursor('it was issued by another hub or before a restore');
      const position = { epoch, xid, seq };
      return isHeld(position) ? position : checkAge(position, reader);
    },
    forget: epochs.forget,
  };
}

async function checkAge(position: EventPosition, reader: EventReader): Promise<EventPosition> {
  const [horizon, newest] = await Promise.all([reader.horizon(), reader.newest()]);
  if (comparePositions(position, horizon) < 0) throw cursorExpired();
  if (position.epoch !== newest.epoch) throw cursorOfAnotherLife();
  if (comparePositions(position, newest) > 0) throw invalidCursor('it lies ahead of everything that has happened');
  return position;
}

function epochNames(reader: EventReader) {
  let labels = new Map<number, string>();
  let numbers: ReadonlyMap<string, number> = new Map();
  const refresh = async () => {
    numbers = await reader.epochs();
    labels = new Map([...numbers].map(([label, number]) => [number, label]));
  };
  return {
    async labelOf(number: number): Promise<string> {
      if (!labels.has(number)) await refresh();
      const label = labels.get(number);
      if (label === undefined) throw new Error(`The log of ${reader.service} has no epoch ${number}.`);
      return label;
    },
    async numberOf(label: string): Promise<number | undefined> {
      if (!numbers.has(label)) await refresh();
      return numbers.get(label);
    },
    forget() {
      labels = new Map();
      numbers = new Map();
    },
  };
}

export function cursorExpired(): GraphQLError {
  return cursorError(
    'CURSOR_EXPIRED',
    'The cursor is older than the event log. Read the present state with a query and subscribe from its cursor.',
  );
}

export function cursorOfAnotherLife(): GraphQLError {
  return invalidCursor('the hub was restored or moved since');
}

function invalidCursor(why: string): GraphQLError {
  return cursorError(
    'CURSOR_INVALID',
    `The cursor cannot be used: ${why}. Read the present state with a query and subscribe from its cursor.`,
  );
}

function cursorError(code: 'CURSOR_EXPIRED' | 'CURSOR_INVALID', message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
