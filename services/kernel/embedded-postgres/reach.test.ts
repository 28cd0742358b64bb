import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRoot } from './os-user.js';
import { blockingFolder, canRun } from './reach.js';
import { runnableFor } from './runnable-copy.js';

/** A user no machine has, so that only the bits for others count. */
const stranger = { uid: 4_000_001, gid: 4_000_001 };
let place: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'weft-reach-'));
});

afterEach(async () => {
  await rm(place, { recursive: true, force: true });
});

describe('what another user can reach', () => {
  test('ends at the outermost closed folder, also behind a link', async () => {
    await mkdir(join(place, 'a', 'b'), { recursive: true });
    await symlink(join(place, 'a'), join(place, 'link'));
    expect(await blockingFolder(join(place, 'link', 'b'), stranger)).toBe(place);
    await chmod(place, 0o711);
    await chmod(join(place, 'a', 'b'), 0o700);
    expect(await blockingFolder(join(place, 'link', 'b'), stranger)).toBe(join(place, 'a', 'b'));
    await chmod(join(place, 'a', 'b'), 0o701);
    expect(await blockingFolder(join(place, 'link', 'b'), stranger)).toBeUndefined();
  });

  test('is decided by the bits of the owner for the owner, of the group for the group', async () => {
    await chmod(place, 0o070);
    const { uid, gid } = await stat(place);
    expect(await blockingFolder(place, { uid, gid })).toBe(place);
    expect(await blockingFolder(place, { uid: stranger.uid, gid })).toBeUndefined();
    await chmod(place, 0o700);
  });

  test('can be run only when it can be read as well', async () => {
    await chmod(place, 0o755);
    await writeFile(join(place, 'postgres'), '');
    await chmod(join(place, 'postgres'), 0o751);
    expect(await canRun(join(place, 'postgres'), stranger)).toBe(false);
    await chmod(join(place, 'postgres'), 0o755);
    expect(await canRun(join(place, 'postgres'), stranger)).toBe(true);
  });
});

// Only root runs PostgreSQL as another user, and only root may write where the copy goes.
if (isRoot()) {
  test('programs in a closed checkout are copied once, complete with their links, whoever asks first', async () => {
    const installed = await closedPackage(join(place, 'package'));
    const progress: string[] = [];
    const version = `0.0.0-test-${process.pid}`;
    const ask = () => runnableFor(stranger, installed, version, (line) => progress.push(line));
    const [copy, same] = await Promise.all([ask(), ask()]);
    const told = progress.length;
    expect([same, await ask()]).toEqual([copy, copy]);
    expect(progress).toHaveLength(told);
    expect(await canRun(join(copy, 'native', 'bin', 'postgres'), stranger)).toBe(true);
    expect(await canRun(join(copy, 'native', 'lib'), stranger)).toBe(true);
    expect((await readdir(join(copy, 'native', 'lib'))).sort()).toEqual(['libpq.so.5', 'libpq.so.5.18']);
    expect(await readdir(dirname(copy))).toHaveLength(1);
    await rm(dirname(copy), { recursive: true });
  });
}

async function closedPackage(folder: string): Promise<string> {
  for (const part of ['bin', 'lib', 'share'])
    await mkdir(join(folder, 'native', part), { recursive: true, mode: 0o700 });
  for (const program of ['postgres', 'initdb']) {
    await writeFile(join(folder, 'native', 'bin', program), '', { mode: 0o700 });
  }
  await writeFile(join(folder, 'native', 'lib', 'libpq.so.5.18'), '', { mode: 0o600 });
  await symlink('libpq.so.5.18', join(folder, 'native', 'lib', 'libpq.so.5'));
  return folder;
}
