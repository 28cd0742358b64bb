import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from '#test/hub/eventually.js';
import { startTcpProxy, type TcpProxy } from '#test/wire/tcp-proxy.js';
import { startWireHub, type WireHub } from '#test/wire/wire-hub.js';
import { root } from './documents.js';

describe('the dashboard of the examples', () => {
  let wire: WireHub;
  let proxy: TcpProxy;
  let dashboard: ChildProcess;
  const lines: string[] = [];

  beforeAll(async () => {
    wire = await startWireHub();
    proxy = await startTcpProxy(wire.url);
    dashboard = spawn(process.execPath, ['dist/docs/examples/dashboard/dashboard.js'], {
      cwd: root,
      env: { WEFT_URL: `${proxy.url.replace('http', 'ws')}/graphql`, WEFT_TOKEN: wire.mira.token ?? '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (dashboard.stdout) createInterface({ input: dashboard.stdout }).on('line', (line) => lines.push(line));
    await connected();
    await wire.say('at first');
    await eventually(
      () => lines,
      (all) => all.length === 1,
      20_000,
    );
  });
  afterAll(async () => {
    const isRunning = dashboard.exitCode === null && dashboard.signalCode === null;
    const closed = isRunning ? once(dashboard, 'close') : undefined;
    dashboard.kill();
    await closed;
    await proxy.stop();
    await wire.stop();
  });

  function connected(): Promise<number> {
    return eventually(
      () => wire.hub.upstreams(),
      (upstreams) => upstreams === 1,
      20_000,
    );
  }

  test('shows every contribution once and in order, although its line is cut again and again', async () => {
    proxy.cut();
    await wire.say('while it was away');
    await connected();
    await wire.say('while it looked');
    proxy.cut();
    await wire.say('while it was away again', 'and again');
    await connected();
    await wire.say('at last');
    const told = ['while it was away', 'while it looked', 'while it was away again', 'and again', 'at last'];
    await eventually(
      () => lines,
      (all) => all.length > told.length,
      20_000,
    );
    expect(lines).toEqual(['at first', ...told].map((body) => `Jon: ${body}`));
  });
});
