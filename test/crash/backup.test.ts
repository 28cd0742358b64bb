import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphqlClient } from '../hub/graphql-client.js';
import { startHubProcess } from '../hub/hub-process.js';
import { type OwnHub, startOwnHub } from '../hub/own-hub.js';
import { type EndedProcess, runNode } from '../hub/run-node.js';
import { contribute, registerPerson, type TestPerson } from '../hub/seed.js';
import { dropAll, rawStream } from '../wire/raw-stream.js';
import { audit } from './audit.js';
import { contributing } from './deeds.js';
import { doDeeds } from './do-deeds.js';
import { seconds, tellJudgement } from './judgement.js';
import { prepareScene, type Scene } from './scene.js';

let hub: OwnHub;
let mira: TestPerson;
let scene: Scene;
/** For what is saved and restored. */
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'weft-backup-'));
  hub = await startOwnHub({ postgres: 'embedded' });
  const admin = await hub.admin();
  mira = await registerPerson({ admin, client: (token) => graphqlClient(hub.url, token) }, { name: 'Mira' });
  scene = await prepareScene(admin, mira);
}, 90_000);

afterAll(async () => {
  await dropAll();
  await hub?.remove();
  await rm(place, { recursive: true, force: true });
});

test('a backup of a running hub has all that was acknowledged before it, and old cursors are refused after a restore', async () => {
  const doing = doDeeds({ client: mira, kinds: [contributing(scene)], writers: 4 });
  await doing.reaches(100);
  const before = [...doing.acknowledged.keys()];
  const begun = performance.now();
  expect(await command('backup', '--data', hub.folder, join(place, 'saved'))).toMatchObject({ code: 0, err: '' });
  const saving = performance.now() - begun;
  await doing.reaches(doing.acknowledged.size + 50);
  await doing.stop();
  const cursors = [scene.start, ...[...doing.acknowledged.values()].map(({ cursor }) => cursor)];
  const lost = await statusOf(cursors.at(-1) ?? '');
  expect(lost).toBe('streams');
  await hub.kill();

  const restoring = performance.now();
  const folder = join(place, 'restored');
  expect(await command('restore', '--data', folder, join(place, 'saved'))).toMatchObject({ code: 0, err: '' });
  const again = await startHubProcess({ ...hub.environment, HUB_DATA_DIR: folder });
  try {
    const result = await audit(mira, doing, before);
    const refusals = await Promise.all(
      [cursors[0], cursors[50], cursors.at(-1)].map((cursor) => statusOf(cursor ?? '')),
    );
    const refused = refusals.filter((code) => code === 'CURSOR_INVALID').length;
    tellJudgement(
      'backup and restore',
      { ...result, acknowledged: before.length, worstRecoveryMs: performance.now() - restoring },
      `acknowledged: before the backup; found ${result.found}`,
      `old cursors 3, refused ${refused}`,
      `saved in ${seconds(saving)}`,
    );
    expect(result).toMatchObject({ missing: 0, duplicated: 0 });
    expect(refusals).toEqual(['CURSOR_INVALID', 'CURSOR_INVALID', 'CURSOR_INVALID']);
    await goesOn();
  } finally {
    await again.stop();
  }
}, 120_000);

describe('a backup or a restore', () => {
  test('never writes over what is there', async () => {
    const answer = await command('restore', '--data', hub.folder, join(place, 'saved'));
    expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('is there and not empty. Move it away') });
    const taken = await command('backup', '--data', hub.folder, place);
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining('is there and not empty') });
  });

  test('of something else is refused, and nothing is made', async () => {
    const answer = await command('restore', '--data', join(place, 'nothing'), place);
    expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('There is no embedded database') });
    await expect(stat(join(place, 'nothing'))).rejects.toThrow('ENOENT');
  });
});

test('a stopped hub is saved as well', async () => {
  await hub.start();
  await hub.process().stop();
  const answer = await command('backup', '--data', hub.folder, join(place, 'cold'));
  expect(answer).toMatchObject({ code: 0, out: expect.stringContaining('while the hub was stopped') });
  const folder = join(place, 'restored-cold');
  await command('restore', '--data', folder, join(place, 'cold'));
  const again = await startHubProcess({ ...hub.environment, HUB_DATA_DIR: folder });
  try {
    expect(await statusOf(scene.start)).toBe('CURSOR_INVALID');
    await goesOn();
  } finally {
    await again.stop();
  }
}, 60_000);

/** What happens now is streamed to whoever subscribes now. */
async function goesOn(): Promise<void> {
  const stream = await rawStream(hub.url, { token: mira.token, query, variables: {} });
  await stream.heartbeat();
  await contribute(mira, scene.idea.id, { body: 'after the restore' });
  const [event] = await stream.atLeast(1);
  expect(event?.data).toMatchObject({ data: { contributionAdded: { contribution: { body: 'after the restore' } } } });
  stream.drop();
}

const query = 'subscription ($after: Cursor) { contributionAdded(after: $after) { contribution { body } } }';

/** "streams", or the code with which the hub refuses to go on from this cursor. */
async function statusOf(after: string): Promise<unknown> {
  const stream = await rawStream(hub.url, { token: mira.token, query, variables: { after } });
  try {
    await stream.begun();
    const [first] = stream.events() as { data?: { errors?: { extensions: { code: string } }[] } }[];
    return first?.data?.errors?.[0]?.extensions.code ?? 'streams';
  } finally {
    stream.drop();
  }
}

function command(...args: string[]): Promise<EndedProcess> {
  return runNode('services/hub/main.js', args, {}).ended;
}
