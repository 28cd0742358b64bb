import { pino } from 'pino';
import { eventually } from '#test/hub/eventually.js';
import { StreamRegistry } from './stream-registry.js';
import { Listening } from './testing/listening.js';
import { WrittenLog } from './testing/written-log.js';

const events = 900;

let log: WrittenLog;
let registry: StreamRegistry;

beforeEach(() => {
  log = new WrittenLog();
  for (let i = 0; i < events; i += 1) log.append();
  registry = new StreamRegistry({ log: pino({ level: 'silent' }), lingerMs: 10_000, slowClientMs: 10_000 });
});

afterEach(() => registry.stop());

function join(place: string): Listening {
  const listening = new Listening(place);
  registry.join({ key: 'the same for all', open: (after, signal) => log.open(after, signal) }, listening.subscriber);
  return listening;
}

async function allHear(listeners: readonly Listening[], last: string): Promise<void> {
  await eventually(
    () => listeners.filter((listener) => listener.cursors.at(-1) !== last).length,
    (waiting) => waiting === 0,
  );
}

/** Every seventh of them, so that they come in no order. */
const places = Array.from({ length: events }, (_, i) => `c${(i * 7) % events}`);

describe('clients that come back together', () => {
  test('to the same place share one upstream', async () => {
    const listeners = Array.from({ length: 5_000 }, () => join(`c${events - 3}`));
    await allHear(listeners, `c${events}`);
    expect(log.opened).toEqual([`c${events - 3}`]);
    expect(listeners.every(({ heard }) => heard.length === 3)).toBe(true);
  });

  test('to many places get exactly what they missed, by a few upstreams that become one', async () => {
    let most = 0;
    const open = log.open;
    const listeners = places.map((place) => {
      const listening = new Listening(place);
      registry.join(
        {
          key: 'the same for all',
          async open(after, signal) {
            const items = await open(after, signal);
            most = Math.max(most, log.openNow);
            return items;
          },
        },
        listening.subscriber,
      );
      return listening;
    });
    await allHear(listeners, `c${events}`);
    for (const [index, listener] of listeners.entries()) {
      const place = places[index] ?? '';
      expect(listener.heard).toHaveLength(events - Number(place.slice(1)));
      expect(listener.isLinkedFrom(place)).toBe(true);
    }
    expect(log.opened.length).toBeLessThan(40);
    expect(most).toBeLessThanOrEqual(17);
    await eventually(
      () => registry.size,
      (size) => size === 1,
    );
    log.append();
    await allHear(listeners, `c${events + 1}`);
    expect(listeners.flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('for different things do not wait for each other', async () => {
    const listeners = Array.from({ length: 200 }, (_, index) => {
      const listening = new Listening(`c${events - 1}`);
      const open = (after: string | undefined, signal: AbortSignal) => log.open(after, signal);
      registry.join({ key: `thing ${index}`, open }, listening.subscriber);
      return listening;
    });
    await eventually(
      () => log.openNow,
      (open) => open === 200,
      5_000,
    );
    await allHear(listeners, `c${events}`);
  });
});
