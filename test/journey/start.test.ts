import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf, isRunning } from '../hub/descendants.js';
import { eventually } from '../hub/eventually.js';
import { type OwnHub, startOwnHub } from '../hub/own-hub.js';
import { type EndedProcess, runNode } from '../hub/run-node.js';
import { type NewPerson, registerPerson } from '../hub/seed.js';

/** What ends a start before anything listens. */
function startAndEnd(environment: Record<string, string>, ...args: string[]): Promise<EndedProcess> {
  return runNode('services/main.js', args, { LOG_LEVEL: 'warn', ...environment }).ended;
}

describe('a hub on the PostgreSQL it brings along', () => {
  let hub: OwnHub;

  beforeAll(async () => {
    hub = await startOwnHub({ postgres: 'embedded' });
  });

  afterAll(() => hub.remove());

  test('says where it is reached, and answers there', async () => {
    const port = new URL(hub.url).port;
    expect(hub.process().readyLine).toBe(`Weft is ready: http://localhost:${port}`);
    expect(await names()).toEqual(['Administrator']);
  });

  test('has nothing to complain of at its first start', () => {
    expect(hub.process().errors()).toBe('');
  });

  test("keeps the administrator's token in a file that nobody else can read", async () => {
    const { mode } = await stat(join(hub.folder, 'admin-token'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('does not share its data folder', async () => {
    const { code, err } = await startAndEnd({ ...hub.environment, PORT: '0' });
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(
        /^The data folder .+ is in use by another hub \(process \d+\)\. Stop that one first \("kill \d+"\)/,
      ),
    });
    expect(err).toContain(String(hub.process().child.pid));
  });

  test('loses nothing it has acknowledged when it is killed, and starts again', async () => {
    const people = ['Mira', 'Jon', 'Ada'];
    for (const name of people) await register({ name });
    const token = await readFile(join(hub.folder, 'admin-token'), 'utf8');
    await hub.kill();
    await hub.start();
    expect(await names()).toEqual(['Administrator', ...people].sort());
    expect(await readFile(join(hub.folder, 'admin-token'), 'utf8')).toBe(token);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends on %s with nothing left running, and starts again',
    async (signal) => {
      const { child, stop } = hub.process();
      const below = await descendantsOf(child.pid ?? 0);
      expect(below.length).toBeGreaterThan(0);
      await stop(signal);
      expect({ code: child.exitCode, signal: child.signalCode }).toEqual({ code: 0, signal: null });
      await eventually(
        () => below.filter(isRunning),
        (left) => left.length === 0,
      );
      await hub.start();
      expect(await names()).toContain('Mira');
    },
  );

  test('names the port that is taken and what to do, and leaves its data folder free for the next start', async () => {
    await hub.process().stop();
    const port = Number(new URL(hub.url).port);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const { code, err } = await startAndEnd(hub.environment);
    await new Promise((resolve) => other.close(resolve));
    expect({ code, err }).toEqual({
      code: 1,
      err: `Port ${port} of 127.0.0.1 is taken. Stop what listens there, or choose another port (PORT=...).\n`,
    });
    await hub.start();
    expect(await names()).toContain('Mira');
  });

  async function register(person: NewPerson): Promise<void> {
    const admin = await hub.admin();
    await registerPerson({ admin, client: () => admin }, person);
  }

  async function names(): Promise<string[]> {
    const admin = await hub.admin();
    const { people } = await admin.run<{ people: { nodes: { name: string }[] } }>('{ people { nodes { name } } }');
    return people.nodes.map(({ name }) => name).sort();
  }
});

describe('a hub that cannot start', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weft-start-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('names every problem of its configuration at once', async () => {
    const { code, err } = await startAndEnd(
      { HUB_DATA_DIR: folder, PORT: 'many', HUB_SECRET: 'short', LOG_LEVEL: 'loud' },
      '--roles',
      'nonsense',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/has 4 problem\(s\)/);
    for (const name of ['PORT', 'HUB_SECRET', 'LOG_LEVEL', 'HUB_ROLES']) expect(err).toContain(`  ${name}`);
  });

  test('refuses an option it does not know', async () => {
    const { code, err } = await startAndEnd({ HUB_DATA_DIR: folder }, '--rolls', 'people');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("'--rolls'") });
  });
});
