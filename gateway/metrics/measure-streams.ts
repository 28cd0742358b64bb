import { Counter, Gauge } from 'prom-client';
import type { Sink } from '#gateway/subscriptions/subscriber.js';
import type { Subscriptions } from '#gateway/subscriptions/subscriptions.js';
import type { Metrics } from '#kernel/metrics/metrics.js';

/** Counts live subscriptions, the frames they are given, and why they end. */
export function measureStreams(metrics: Metrics): (subscriptions: Subscriptions) => Subscriptions {
  const counts = { live: 0, frames: 0, overflows: 0 };
  metrics.countOf('weft_frames_sent_total', 'Frames given to subscribers', () => counts.frames);
  metrics.countOf(
    'weft_queue_overflows_total',
    'Subscribers who read so slowly that they were told to resume',
    () => counts.overflows,
  );
  const live = new Gauge({
    name: 'weft_subscriptions',
    help: 'Subscriptions that are live',
    registers: [metrics.registry],
  });
  metrics.beforeScrape(() => live.set(counts.live));
  const ended = new Counter({
    name: 'weft_subscriptions_ended_total',
    help: 'Subscriptions that ended: by the client (or its connection), complete, or the code of the error',
    labelNames: ['reason'],
    registers: [metrics.registry],
  });

  function watched(sink: Sink): { readonly sink: Sink; readonly end: (reason: string) => void } {
    let over = false;
    counts.live += 1;
    const end = (reason: string) => {
      if (over) return;
      over = true;
      counts.live -= 1;
      if (reason === 'RESUME_FROM') counts.overflows += 1;
      ended.inc({ reason });
    };
    const next: Sink['next'] = (payload, cursor) => {
      const taken = sink.next(payload, cursor);
      if (taken) counts.frames += 1;
      return taken;
    };
    const fail: Sink['fail'] = (errors) => {
      end(String(errors[0]?.extensions?.code ?? 'INTERNAL'));
      sink.fail(errors);
    };
    const complete = () => {
      end('complete');
      sink.complete();
    };
    return { sink: { ...sink, next, fail, complete }, end };
  }

  return (subscriptions) => ({
    get upstreams() {
      return subscriptions.upstreams;
    },
    stop: () => subscriptions.stop(),
    subscribe(request, given) {
      const { sink, end } = watched(given);
      try {
        const stop = subscriptions.subscribe(request, sink);
        return () => {
          end('client');
          stop();
        };
      } catch (refused) {
        end('refused');
        throw refused;
      }
    },
  });
}
