import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./end-process.fixture.js', import.meta.url));

test('a process that ends writes its last log lines first', async () => {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(log).toContain('last words');
});

test('a process ends although nobody takes its log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weft-end-'));
  const pipe = fullPipe(join(folder, 'log'));
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', pipe.end] });
  try {
    expect(await once(child, 'exit', { signal: AbortSignal.timeout(20_000) })).toEqual([null, 'SIGKILL']);
  } finally {
    child.kill('SIGKILL');
    pipe.close();
    await rm(folder, { recursive: true });
  }
}, 30_000);

/** A pipe that takes not one byte more. */
function fullPipe(path: string) {
  execFileSync('mkfifo', [path]);
  const filling = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const end = openSync(path, constants.O_RDWR);
  const close = () => {
    closeSync(filling);
    closeSync(end);
  };
  for (;;) {
    try {
      writeSync(filling, Buffer.alloc(4_096));
    } catch {
      return { end, close };
    }
  }
}
