import { registerPerson } from '../hub/seed.js';
import { dropAll, rawStream } from '../wire/raw-stream.js';
import { type CrashHub, startCrashHub } from './crash-hub.js';
import { faultless, killTest } from './kill-test.js';

let hub: CrashHub;

beforeAll(async () => {
  hub = await startCrashHub();
}, 150_000);

afterAll(() => hub?.stop(), 30_000);

test('whatever is killed once, every subscriber gets every acknowledged contribution once and in order', async () => {
  const contributions = 1_000;
  const tally = await killTest(hub, {
    contributions,
    writingMs: 8_000,
    rounds: 1,
    cuts: 2,
    freezeMs: 1_000,
    patienceMs: 30_000,
    seed: Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000),
  });
  expect(tally).toMatchObject(faultless({ contributions }));
}, 150_000);

test('a dozen streams, for which a dozen things wait, are nothing to warn of', async () => {
  const { token } = await registerPerson(hub, { name: 'Lea' });
  const query = 'subscription ($idea: ID) { contributionAdded(idea: $idea) { actor { name } } }';
  for (let n = 0; n < 12; n += 1) {
    const stream = await rawStream(hub.url, { token, query, variables: { idea: `${n}` } });
    await stream.heartbeat();
  }
  await dropAll();
  expect(hub.story()).not.toContain('MaxListenersExceededWarning');
}, 60_000);
