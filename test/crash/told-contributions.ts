import { eventually } from '../hub/eventually.js';
import { contribute, type TestPerson } from '../hub/seed.js';
import type { CrashHub } from './crash-hub.js';
import { startJudge } from './judge-process.js';
import type { Scene } from './scene.js';

const lastWord = 'the last word';
const patienceMs = 60_000;

/** The texts of all contributions that the log tells of, as a subscriber from its beginning gets them; "" for one that is not there. */
export async function toldContributions(hub: CrashHub, as: TestPerson, scene: Scene): Promise<string[]> {
  await contribute(as, scene.idea.id, { body: lastWord });
  const { space, start } = scene;
  const judge = startJudge({ url: hub.url, token: as.token ?? '', space, start, transports: ['sse'] });
  try {
    const entries = await eventually(
      async () => (await judge.report()).flatMap((ledger) => ledger.entries),
      (all) => all.some(({ body }) => body === lastWord),
      patienceMs,
    );
    return entries.map(({ body }) => body ?? '').filter((body) => body !== lastWord);
  } finally {
    await judge.stop();
  }
}
