import fc from 'fast-check';
import { eventCatalogue } from '#kernel/events/catalogue.js';
import { startTestHub, type TestHub } from '../hub/test-hub.js';
import { copiedConversations } from './conversations-copy.js';
import type { CopiedService } from './copied-service.js';
import { copiedIdeas } from './ideas-copy.js';
import { keepCopies, type Life } from './keep-copies.js';
import { copiedPeople } from './people-copy.js';
import { placedEvents } from './placed-events.js';
import { copiedTies } from './ties-copy.js';

export interface Size {
  /** Lives besides the first, in which every deed is done once, one after the other. */
  readonly lives: number;
  readonly steps: number;
  readonly seed: number;
  readonly limitMs: number;
}

/** What there was of it, and what came of it. */
interface Run {
  lives: number;
  steps: number;
  readonly applied: Map<string, number>;
  copies: number;
  equal: number;
}

/** That whoever applies events to what they have read has what a fresh query gives, whatever people do meanwhile. */
export function testCopies({ lives, steps, seed, limitMs }: Size): void {
  const applied = new Set<string>();
  let hub: TestHub;

  beforeAll(async () => {
    hub = await startTestHub();
  }, 150_000);

  afterAll(() => hub?.stop());

  const promise = (name: string, service: CopiedService<never>) =>
    test(
      `a copy of ${name} that events keep is what a fresh query gives (seed ${seed})`,
      async () => {
        const run: Run = { lives: 0, steps: 0, applied: new Map(), copies: 0, equal: 0 };
        const property = fc.asyncProperty(lifeOf(service, steps), async (life) => {
          run.lives += 1;
          run.steps += life.steps.length;
          for (const { who, kept, fresh } of await keepCopies(hub, service, life, run.applied)) {
            run.copies += 1;
            expect({ who, shown: kept }).toEqual({ who, shown: fresh });
            run.equal += 1;
          }
        });
        try {
          // What failed first is told at once: making it smaller would take longer than any test may.
          await fc.assert(property, { seed, numRuns: lives + 1, examples: [[tourOf(service)]], endOnFailure: true });
        } finally {
          process.stdout.write(`copies of ${name}: ${lineOf(run)} (seed ${seed})\n`);
          for (const event of run.applied.keys()) applied.add(event);
        }
      },
      limitMs,
    );

  promise('ideas', copiedIdeas as CopiedService<never>);
  promise('conversations', copiedConversations as CopiedService<never>);
  promise('people', copiedPeople as CopiedService<never>);
  promise('ties', copiedTies as CopiedService<never>);

  test('every event that is streamed was applied to a copy, and of every other is said why it is not', () => {
    expect(Object.keys(placedEvents).sort()).toEqual(Object.keys(eventCatalogue).sort());
    const streamed = Object.values(placedEvents).flatMap((place) => ('streams' in place ? place.streams : []));
    expect(streamed.filter((name) => !applied.has(name))).toEqual([]);
    expect([...applied].filter((name) => !streamed.includes(name))).toEqual([]);
  });
}

function lineOf({ lives, steps, applied, copies, equal }: Run): string {
  const events = [...applied.values()].reduce((sum, times) => sum + times, 0);
  return `lives ${lives}, steps ${steps}, events ${events}, copies ${copies}, equal ${equal}`;
}

/** Every deed once, in front of the eyes of those who keep copies. */
function tourOf({ deeds }: CopiedService<never>): Life {
  return { steps: deeds.map((_, deed) => ({ deed, numbers: [0] })), atOnce: 1, before: 0, meanwhile: false };
}

function lifeOf({ deeds, atOnce }: CopiedService<never>, steps: number): fc.Arbitrary<Life> {
  const step = fc.record({
    deed: fc.nat(deeds.length - 1),
    numbers: fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 }),
  });
  return fc.record({
    steps: fc.array(step, { minLength: Math.ceil(steps / 2), maxLength: steps, size: 'max' }),
    atOnce: fc.integer({ min: 1, max: atOnce }),
    before: fc.nat(Math.floor(steps / 2)),
    meanwhile: fc.boolean(),
  });
}
