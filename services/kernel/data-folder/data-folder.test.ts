import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDataFolder } from './data-folder.js';
import { identityOf } from './process-identity.js';

let place: string;
let path: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'weft-data-folder-'));
  path = join(place, 'data');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(place, { recursive: true, force: true });
});

describe('a data folder', () => {
  test('is created for our eyes only', async () => {
    const folder = await openDataFolder(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await folder.close();
  });

  test('keeps one secret for good, readable by us alone', async () => {
    const first = await openDataFolder(path);
    const secrets = await Promise.all([first.secret(), first.secret(), first.secret()]);
    await first.close();
    const second = await openDataFolder(path);
    expect(new Set([...secrets, await second.secret()]).size).toBe(1);
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(join(path, 'secret'))).mode & 0o777).toBe(0o600);
    await second.close();
  });

  test('keeps private files, and replaces them as a whole', async () => {
    const folder = await openDataFolder(path);
    await folder.writePrivate('keys.json', 'old and long');
    await folder.writePrivate('keys.json', 'new');
    expect(await folder.readPrivate('keys.json')).toBe('new');
    expect(await folder.readPrivate('missing.json')).toBeUndefined();
    expect((await stat(join(path, 'keys.json'))).mode & 0o777).toBe(0o600);
    await folder.close();
  });

  test.each(['../outside', 'a/b', '.hidden', ''])('does not take %p for the name of a private file', async (name) => {
    const folder = await openDataFolder(path);
    await expect(folder.readPrivate(name)).rejects.toThrow('cannot name a file');
    await folder.close();
  });

  test('forgets what a killed hub left half written', async () => {
    await mkdir(path);
    await writeFile(join(path, 'secret.0123456789ab.draft'), 'half a sec');
    const folder = await openDataFolder(path);
    expect(await readdir(path)).not.toContain('secret.0123456789ab.draft');
    await folder.close();
  });
});

describe('the lock of a data folder', () => {
  test('refuses a second opener in the same process', async () => {
    const folder = await openDataFolder(path);
    await expect(openDataFolder(path)).rejects.toThrow('already open in this process');
    await folder.close();
  });

  test('refuses a second hub, names the first and says what to do', async () => {
    const other = await holdInAnotherProcess();
    await expect(openDataFolder(path)).rejects.toThrow(
      new RegExp(`in use by another hub \\(process ${other.pid}\\).*Stop that one first`),
    );
  });

  test('passes on when a hub is killed', async () => {
    const other = await holdInAnotherProcess();
    other.kill('SIGKILL');
    await once(other, 'exit');
    const folder = await openDataFolder(path);
    expect(await readdir(join(path, 'lock'))).toHaveLength(1);
    await folder.close();
  });

  test('is not held by a later process that got the number of the dead one', async () => {
    const folder = await openDataFolder(path);
    await folder.close();
    const living = identityOf(process.ppid) ?? '';
    await writeFile(join(path, 'lock', `${living}0`), '');
    await (await openDataFolder(path)).close();
    await writeFile(join(path, 'lock', living), '');
    await expect(openDataFolder(path)).rejects.toThrow(`process ${process.ppid}`);
  });

  test('goes to one of many hubs that start over a dead one in the same moment', async () => {
    await mkdir(join(path, 'lock'), { recursive: true });
    await writeFile(join(path, 'lock', '999999999-boot-1'), '');
    const answers = await Promise.all(Array.from({ length: 6 }, async () => (await openInAnotherProcess()).answer));
    expect(answers.filter((answer) => answer === 'open')).toHaveLength(1);
  });
});

async function holdInAnotherProcess(): Promise<ChildProcess> {
  const { child, answer } = await openInAnotherProcess();
  expect(answer).toBe('open');
  return child;
}

async function openInAnotherProcess(): Promise<{ child: ChildProcess; answer: string }> {
  const script = fileURLToPath(new URL('./hold-data-folder.fixture.js', import.meta.url));
  const child = spawn(process.execPath, [script, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [answer] = await once(createInterface(child.stdout), 'line');
  return { child, answer: String(answer) };
}
