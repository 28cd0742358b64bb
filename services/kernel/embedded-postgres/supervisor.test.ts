import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Postmaster } from './postmaster.js';
import { supervise } from './supervisor.js';

describe('a supervised server', () => {
  test('is given up when it cannot be started again, and the hub is told', async () => {
    const progress: string[] = [];
    let launches = 0;
    const launch = async (): Promise<Postmaster> => {
      launches += 1;
      throw new Error('no space left on the disk');
    };
    const server = supervise(crashed(1), launch, (line) => progress.push(line), [0, 0, 0]);
    await server.exited;
    expect(launches).toBe(3);
    expect(progress).toContain('no space left on the disk');
    expect(progress.at(-1)).toContain('cannot be kept running');
  });

  test('is given up when it starts but crashes again and again', async () => {
    let launches = 0;
    const launch = async () => crashed(++launches);
    await supervise(crashed(0), launch, () => {}, [0, 0, 0]).exited;
    expect(launches).toBe(3);
  });

  test('is started again every time when it ran well in between', async () => {
    const crashes = 12;
    let launches = 0;
    const launch = async () => {
      launches += 1;
      return launches < crashes ? crashed(launches, nextTurn()) : crashed(launches, new Promise(() => undefined));
    };
    await new Promise<void>((resolve) => {
      const said = (line: string) => line.includes(`runs again (process ${crashes})`) && resolve();
      supervise(crashed(0, nextTurn()), launch, said, [0, 0, 0], 0);
    });
    expect(launches).toBe(crashes);
  });

  test('is started again on the port it had', async () => {
    const ports: number[] = [];
    const next = living(2);
    const launch = async (port: number) => {
      ports.push(port);
      return next;
    };
    const started = new Promise<void>((resolve) => {
      const server = supervise(
        crashed(1),
        launch,
        (line) => {
          if (line.includes('runs again')) resolve(server.stop());
        },
        [0],
      );
    });
    await started;
    expect(ports).toEqual([5432]);
  });

  test('that is stopped while it starts again does not stay behind', async () => {
    const next = living(2);
    let stopping: Promise<void> | undefined;
    const launch = async () => {
      stopping = server.stop();
      return next;
    };
    const server = supervise(crashed(1), launch, () => {}, [0]);
    await server.exited;
    await stopping;
    expect(await next.exited).toBe('stopped');
  });
});

function crashed(pid: number, after: Promise<unknown> = Promise.resolve()): Postmaster {
  return { pid, port: 5432, exited: after.then(() => 'ended by SIGKILL'), stop: async () => {} };
}

function living(pid: number): Postmaster {
  let end: (how: string) => void = () => {};
  const exited = new Promise<string>((resolve) => {
    end = resolve;
  });
  return { pid, port: 5432, exited, stop: async () => end('stopped') };
}
