import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../hub/free-port.js';
import { type NodeProcess, runNode } from '../hub/run-node.js';
import { createTestDatabase, type TestDatabase } from '../hub/test-database.js';
import { startTcpProxy, type TcpProxy } from '../wire/tcp-proxy.js';

let folder: string;
let database: TestDatabase;
/** Where the database will be. */
let url: URL;
let hub: NodeProcess | undefined;
let way: TcpProxy | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weft-starting-'));
  database = await createTestDatabase();
});

beforeEach(async () => {
  const [port = 0] = await freePorts(1);
  url = new URL(database.url);
  url.port = String(port);
});

afterEach(async () => {
  hub?.child.kill('SIGKILL');
  await hub?.ended;
  await way?.stop();
  way = undefined;
});

afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('a process whose database is away when it starts', () => {
  test('waits for it and says so, and is ready once it is there', async () => {
    hub = start();
    const waiting = await said(hub.child, /^Waiting for .*/m);
    expect(waiting).toContain(`PostgreSQL at ${url.host}`);
    expect(waiting).toContain('ECONNREFUSED');
    expect(waiting).not.toContain(url.password);
    way = await startTcpProxy(database.url, Number(url.port));
    expect(await said(hub.child, /^Weft is ready.*/m)).toContain('people');
  }, 30_000);

  test('gives up after a while, and says what to do', async () => {
    hub = start({ DATABASE_WAIT_MS: '500' });
    const { code, err } = await hub.ended;
    expect(code).toBe(1);
    expect(err).toMatch(/PostgreSQL at .* could not be used within 1 s: .*Start it or correct DATABASE_URL/);
  }, 30_000);

  test('can be stopped meanwhile', async () => {
    hub = start();
    await said(hub.child, /^Waiting for .*/m);
    hub.child.kill('SIGTERM');
    expect((await hub.ended).code).toBe(0);
  }, 30_000);
});

function start(more: Record<string, string> = {}): NodeProcess {
  return runNode('services/main.js', ['--roles', 'people'], {
    DATABASE_URL: url.toString(),
    HUB_SECRET: 'a secret that all tests share, 32 bytes',
    HUB_ROLE_PREFIX: 'weft_test',
    HUB_DATA_DIR: folder,
    PEOPLE_PORT: '0',
    ...more,
  });
}

/** The first line that matches, of what a process prints from now on. */
function said(child: ChildProcess, wanted: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`It ended and never said ${wanted}, but:\n${text}`)));
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const line = wanted.exec(text)?.[0];
      if (line !== undefined) resolve(line);
    });
  });
}
