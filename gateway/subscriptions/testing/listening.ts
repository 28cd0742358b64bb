import type { GraphQLFormattedError } from 'graphql';
import { type Sink, Subscriber } from '../subscriber.js';

interface Heard {
  readonly cursor: string;
  readonly previous: string | null;
}

/** A client that writes down what it hears. */
export class Listening {
  readonly heard: Heard[] = [];
  readonly heartbeats: string[] = [];
  readonly errors: GraphQLFormattedError[] = [];
  readonly subscriber: Subscriber;
  /** Whether it reads more slowly than it is given, for now. */
  behind = false;

  /** `room` is how many events it takes before it reads too slowly. */
  constructor(after: string | undefined, room = Number.POSITIVE_INFINITY) {
    const sink: Sink = {
      next: (payload) => {
        if (this.heard.length >= room) return false;
        this.heard.push((JSON.parse(payload) as { extensions: { weft: Heard } }).extensions.weft);
        return true;
      },
      isBehind: () => this.behind,
      heartbeat: (cursor) => void this.heartbeats.push(cursor),
      fail: (errors) => void this.errors.push(...errors),
      complete: () => undefined,
    };
    this.subscriber = new Subscriber(sink, after);
  }

  get cursors(): string[] {
    return this.heard.map(({ cursor }) => cursor);
  }

  get codes(): unknown[] {
    return this.errors.map(({ extensions }) => extensions?.code);
  }

  /** Whether each event names the one before it, from the place where this client began. */
  isLinkedFrom(start: string): boolean {
    return this.heard.every(({ previous }, index) => previous === (this.heard[index - 1]?.cursor ?? start));
  }
}
