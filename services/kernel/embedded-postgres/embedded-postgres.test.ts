import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isRunning } from '#kernel/data-folder/process-identity.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { HubProcess } from './hub-process.fixture.js';
import { isRoot } from './os-user.js';

let folder: string;
let progress: string[];
const hubs: HubProcess[] = [];
const servers: EmbeddedPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weft-postgres-'));
  progress = [];
});

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.killWithServer()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  test('is made once, and keeps its data from start to start', async () => {
    const first = await start();
    await sql(first.url, 'CREATE TABLE idea AS SELECT 7 AS id');
    await first.stop();
    const second = await start();
    expect(await sql(second.url, 'SELECT id FROM idea')).toEqual([{ id: 7 }]);
    expect(progress.filter((line) => line.startsWith('Making'))).toHaveLength(1);
  }, 30_000);

  test('is reached by this machine and with its password only', async () => {
    const server = await start();
    expect(await sql(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await sql(server.url, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    await expect(sql(server.url.replace(/:[0-9a-f]{48}@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password');
    expect((await stat(join(folder, 'postgres-password'))).mode & 0o777).toBe(0o600);
  }, 30_000);

  test('keeps what it acknowledged, checks its pages, and lets no forgotten transaction stay', async () => {
    const { url } = await start({ work_mem: '5MB' });
    expect(await sql(url, 'SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await sql(url, 'SHOW data_checksums')).toEqual([{ data_checksums: 'on' }]);
    expect(await sql(url, 'SHOW idle_in_transaction_session_timeout')).toMatchObject([
      { idle_in_transaction_session_timeout: '30s' },
    ]);
    expect(await sql(url, 'SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
  }, 30_000);

  test('orders text by code point, and knows the letters of every script', async () => {
    const { url } = await start();
    await sql(url, 'CREATE EXTENSION pg_trgm');
    const [row] = await sql(
      url,
      `SELECT 'Z' < 'a' AS by_code_point, lower('\u00c9T\u00c9') AS lower, similarity('\u041f\u0440\u0438\u0432\u0435\u0442', '\u043f\u0440\u0438\u0432\u0435\u0442') AS alike`,
    );
    expect(row).toEqual({ by_code_point: true, lower: '\u00e9t\u00e9', alike: 1 });
  }, 30_000);

  test('says in its own words why it cannot start', async () => {
    await expect(start({ shared_buffers: 'plenty' })).rejects.toThrow(/could not start(.|\n)*shared_buffers/);
    await start();
  }, 30_000);

  test('asks for a lost password back instead of making one that does not fit', async () => {
    await (await start()).stop();
    await rm(join(folder, 'postgres-password'));
    await expect(start()).rejects.toThrow(/put the file .*postgres-password back/);
  }, 30_000);

  test('does not touch a cluster of another version', async () => {
    await (await start()).stop();
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 17, and this is 18\. Export/);
  }, 30_000);

  test('does not start empty when the place the database was moved to is gone', async () => {
    await writeFile(join(folder, 'postgres-location'), join(folder, 'gone'));
    await expect(start()).rejects.toThrow(/nothing is there\. Put it back/);
  });
});

describe('when a hub is killed', () => {
  test('the next one takes over: the old server is stopped, nothing committed is lost', async () => {
    const hub = await startHub();
    await sql(hub.url, 'CREATE TABLE idea AS SELECT 7 AS id');
    const old = hub.server;
    await hub.kill();
    expect(isRunning(old)).toBe(true);
    const server = await start();
    expect(isRunning(old)).toBe(false);
    expect(progress).toContainEqual(expect.stringContaining(`Stopping the PostgreSQL (process ${hub.serverPid})`));
    expect(await sql(server.url, 'SELECT id FROM idea')).toEqual([{ id: 7 }]);
  }, 30_000);

  test('together with its server, the next one recovers', async () => {
    const hub = await startHub();
    await sql(hub.url, 'CREATE TABLE idea AS SELECT 7 AS id');
    process.kill(hub.serverPid, 'SIGKILL');
    await hub.kill();
    const server = await start();
    expect(await sql(server.url, 'SELECT id FROM idea')).toEqual([{ id: 7 }]);
  }, 30_000);

  test('while it makes the database, the next one makes it anew and removes the rest', async () => {
    const hub = spawnHub();
    await until(async () => (await draftsIn(folder)).some((entries) => entries.includes('PG_VERSION')));
    await hub.kill();
    expect(await readdir(folder)).not.toContain('postgres');
    const server = await start();
    expect(await sql(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    await start();
    expect((await readdir(folder)).filter((name) => name.startsWith('postgres-draft'))).toEqual([]);
  }, 30_000);

  test('between start and ready, the next one starts all the same', async () => {
    await (await start()).stop();
    const hub = spawnHub();
    await until(async () => (await readdir(join(folder, 'postgres'))).includes('postmaster.pid'));
    await hub.kill();
    const server = await start();
    expect(await sql(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }, 30_000);

  test('and another program got the number of its server, that program is left alone', async () => {
    await (await start()).stop();
    await writeFile(join(folder, 'postgres', 'postmaster.pid'), `${process.ppid}\n${join(folder, 'postgres')}\n`);
    const server = await start();
    expect(server.pid).not.toBe(process.ppid);
    expect(progress.join()).not.toContain('Stopping');
  }, 30_000);
});

describe('while a hub runs', () => {
  test('a second one on the same folder is refused, with the number of the first', async () => {
    const hub = await startHub();
    await expect(start()).rejects.toThrow(`in use by process ${hub.pid}`);
    expect(await sql(hub.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }, 30_000);

  test('a crash of the server is mended at the same address', async () => {
    const server = await start();
    await sql(server.url, 'CREATE TABLE idea AS SELECT 7 AS id');
    const before = server.pid;
    process.kill(before, 'SIGKILL');
    await until(async () => server.pid !== before);
    expect(await sql(server.url, 'SELECT id FROM idea')).toEqual([{ id: 7 }]);
    expect(progress).toContainEqual(expect.stringMatching(/ended unexpectedly \(ended by SIGKILL/));
  }, 30_000);

  test('exited tells of the end, once it is stopped', async () => {
    const server = await start();
    const stopped = server.stop();
    await server.exited;
    await stopped;
    await expect(sql(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  }, 30_000);

  test('Ctrl-C reaches the hub alone, which can still use the database before it stops it', async () => {
    const hub = await startHub();
    process.kill(-hub.pid, 'SIGINT');
    expect(await hub.ended).toBe(0);
    expect(hub.said).toContain('drained');
    expect(isRunning(hub.server)).toBe(false);
  }, 30_000);

  test('a hub that ends without stopping it leaves no server behind', async () => {
    const hub = await startHub();
    hub.endAtOnce();
    expect(await hub.ended).toBe(3);
    await until(async () => !isRunning(hub.server));
  }, 30_000);
});

// Who may enter which folder is only a question when the hub and the server are different users.
if (isRoot()) {
  describe('as root', () => {
    test("opens the hub's own folder for passing through, and keeps the cluster there", async () => {
      await start();
      expect((await stat(folder)).mode & 0o777).toBe(0o711);
      expect((await stat(join(folder, 'postgres'))).uid).not.toBe(0);
    }, 30_000);

    test('below a closed folder, puts the database elsewhere, finds it again, and opens nothing', async () => {
      const data = join(folder, 'data');
      const server = await startEmbeddedPostgres({ folder: data, onProgress: (line) => progress.push(line) });
      const home = await readFile(join(data, 'postgres-location'), 'utf8');
      await sql(server.url, 'CREATE TABLE idea AS SELECT 7 AS id');
      await server.stop();
      const again = await startEmbeddedPostgres({ folder: data, onProgress: (line) => progress.push(line) });
      expect(await sql(again.url, 'SELECT id FROM idea')).toEqual([{ id: 7 }]);
      await again.stop();
      expect(
        progress.filter((line) => line.includes(`cannot enter ${folder}: the database goes to ${home}`)),
      ).toHaveLength(1);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      await rm(home, { recursive: true });
    }, 30_000);

    test('never opens a folder that was not made for a hub', async () => {
      await writeFile(join(folder, 'diary.txt'), 'private');
      await (await start()).stop();
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      await rm(await readFile(join(folder, 'postgres-location'), 'utf8'), { recursive: true });
    }, 30_000);
  });
} else {
  test('a folder of another user is refused with what to do', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o500);
    await expect(startEmbeddedPostgres({ folder: closed, onProgress: () => {} })).rejects.toThrow(/owner|permission/);
  });
}

async function start(settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ folder, settings, onProgress: (line) => progress.push(line) });
  servers.push(server);
  return server;
}

async function sql(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function spawnHub(): HubProcess {
  const hub = new HubProcess(folder);
  hubs.push(hub);
  return hub;
}

async function startHub(): Promise<HubProcess> {
  const hub = spawnHub();
  await hub.untilReady();
  return hub;
}

async function draftsIn(home: string): Promise<string[][]> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith('postgres-draft'));
  return Promise.all(drafts.map((name) => readdir(join(home, name, 'cluster')).catch(() => [])));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(5);
}
