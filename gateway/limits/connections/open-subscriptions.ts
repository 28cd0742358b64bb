import { limitExceeded } from '#gateway/limits/limit-error.js';
import { type Caller, callerName } from '#gateway/limits/rate/rate-limiter.js';
import type { Sink } from '#gateway/subscriptions/subscriber.js';

/** Counts the subscriptions each caller has open here, over all of their connections. */
export interface OpenSubscriptions {
  /** Starts one whose end is noticed, whoever ends it; throws when there are too many. */
  open(caller: Caller, sink: Sink, start: (sink: Sink) => () => void): () => void;
}

export function openSubscriptions(maximum: number): OpenSubscriptions {
  const counts = new Map<string, number>();

  function take(name: string): () => void {
    const value = (counts.get(name) ?? 0) + 1;
    if (value > maximum) throw tooMany(value, maximum);
    counts.set(name, value);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      const left = (counts.get(name) ?? 1) - 1;
      if (left === 0) counts.delete(name);
      else counts.set(name, left);
    };
  }

  return {
    open(caller, sink, start) {
      const over = take(callerName(caller));
      try {
        const stop = start(endingWith(sink, over));
        return () => {
          over();
          stop();
        };
      } catch (error) {
        over();
        throw error;
      }
    },
  };
}

function endingWith(sink: Sink, over: () => void): Sink {
  return {
    ...sink,
    fail(errors) {
      over();
      sink.fail(errors);
    },
    complete() {
      over();
      sink.complete();
    },
  };
}

function tooMany(value: number, maximum: number) {
  return limitExceeded({
    limit: 'subscriptions',
    value,
    maximum,
    what: 'You have too many subscriptions open',
    instead: 'End some, or ask for more in one: a filter takes several ids.',
  });
}
