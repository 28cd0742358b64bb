import { pino } from 'pino';
import { SubgraphCallError } from '#gateway/execute/subgraph-transport.js';
import { eventually } from '#test/hub/eventually.js';
import { RingBudget } from './ring-budget.js';
import { SharedStream } from './shared-stream.js';
import { declined } from './subgraph-stream.js';
import { Listening } from './testing/listening.js';
import { WrittenLog } from './testing/written-log.js';

let log: WrittenLog;
let stream: SharedStream;

function begin(start: string | undefined, slowClientMs = 10_000): void {
  log = new WrittenLog();
  stream = new SharedStream({
    open: (after, signal) => log.open(after, signal),
    start,
    log: pino({ level: 'silent' }),
    lingerMs: 10_000,
    slowClientMs,
    budget: new RingBudget(),
    turn: async () => () => undefined,
    moved: () => undefined,
    ended: () => undefined,
  });
}

function listen(after?: string, room?: number): Listening {
  const listening = new Listening(after, room);
  stream.join(listening.subscriber);
  return listening;
}

async function hears(listening: Listening, events: number): Promise<void> {
  await eventually(
    () => listening.heard.length,
    (count) => count >= events,
  );
}

async function isOpened(times: number): Promise<void> {
  await eventually(
    () => log.opened.length,
    (count) => count >= times,
  );
}

afterEach(() => stream.stop());

describe('a stream whose subgraph is lost', () => {
  test.each([
    ['with an error', new Error('reset')],
    ['as if it were complete', undefined],
  ])('%s is opened again behind the last event, and its subscribers notice nothing', async (_, error) => {
    begin('c0');
    const mira = listen('c0');
    log.append();
    await hears(mira, 1);
    log.lose(error);
    log.append();
    await hears(mira, 2);
    expect(log.opened).toEqual(['c0', 'c1']);
    expect(mira.cursors).toEqual(['c1', 'c2']);
    expect(mira.isLinkedFrom('c0')).toBe(true);
    expect(mira.errors).toEqual([]);
  });

  test('goes on from a heartbeat, and events stay linked to events', async () => {
    begin('c0');
    const mira = listen('c0');
    log.append();
    await hears(mira, 1);
    log.heartbeat('h1');
    await eventually(
      () => mira.heartbeats,
      (heartbeats) => heartbeats.includes('h1'),
    );
    log.lose();
    await isOpened(2);
    log.append();
    await hears(mira, 2);
    expect(log.opened).toEqual(['c0', 'h1']);
    expect(mira.isLinkedFrom('c0')).toBe(true);
  });

  test('hands on nothing that comes behind a gap', async () => {
    begin('c0');
    const mira = listen('c0');
    log.append();
    await hears(mira, 1);
    log.sendBehindGap();
    await isOpened(2);
    log.append();
    await hears(mira, 2);
    expect(mira.cursors).toEqual(['c1', 'c2']);
    expect(log.opened).toEqual(['c0', 'c1']);
    expect(log.openNow).toBe(1);
  });

  test('tells its subscribers when the place is no good any more', async () => {
    begin('c0');
    const mira = listen('c0');
    log.append();
    await hears(mira, 1);
    log.refuseFromNowOn(declined('ideas', [{ message: 'restored', extensions: { code: 'CURSOR_INVALID' } }]));
    log.lose();
    await eventually(
      () => mira.codes,
      (codes) => codes.length > 0,
    );
    expect(mira.codes).toEqual(['CURSOR_INVALID']);
    expect(stream.stopped).toBe(true);
  });

  test('takes a subgraph that cannot look at its log for one that is away', async () => {
    begin('c0');
    const mira = listen('c0');
    log.append();
    await hears(mira, 1);
    log.refuseFromNowOn(declined('ideas', [{ message: 'no database', extensions: { code: 'UNAVAILABLE' } }]));
    log.lose();
    await isOpened(3);
    expect(mira.errors).toEqual([]);
    expect(stream.stopped).toBe(false);
  });
});

describe('a stream of a subgraph that is known not to answer', () => {
  const frozen = new SubgraphCallError('SUBGRAPH_UNAVAILABLE', 'It does not answer.');

  test('is refused at once to who never had a word from it', async () => {
    begin('c0');
    log.refuseFromNowOn(frozen);
    const mira = listen('c0');
    await eventually(
      () => mira.codes,
      (codes) => codes.length > 0,
    );
    expect(mira.codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(log.opened).toEqual(['c0']);
  });

  test('is waited for quietly by all others', async () => {
    begin('c0');
    const mira = listen('c0');
    log.append();
    await hears(mira, 1);
    log.refuseFromNowOn(frozen);
    log.lose();
    await isOpened(3);
    const jon = listen('c1');
    expect([mira.errors, jon.errors]).toEqual([[], []]);
    log.refuseFromNowOn(undefined);
    log.append();
    await hears(jon, 1);
    await hears(mira, 2);
    expect([mira.cursors, jon.cursors]).toEqual([['c1', 'c2'], ['c2']]);
  });
});

describe('a subscriber', () => {
  test('that comes from a heartbeat gets exactly what it missed, linked to its place', async () => {
    begin('c0');
    const jon = listen('c0');
    log.append();
    await hears(jon, 1);
    log.heartbeat('h1');
    log.append();
    log.append();
    await hears(jon, 3);
    const mira = listen('h1');
    log.append();
    await hears(mira, 3);
    expect(mira.cursors).toEqual(['c2', 'c3', 'c4']);
    expect(mira.isLinkedFrom('h1')).toBe(true);
  });

  test('that begins now is told where that is', async () => {
    begin(undefined);
    const first = listen();
    await eventually(
      () => first.heartbeats.length,
      (count) => count > 0,
    );
    const second = listen();
    expect(second.heartbeats).toEqual(['c0']);
    log.append();
    await hears(second, 1);
    expect([first, second].map((listening) => listening.isLinkedFrom('c0'))).toEqual([true, true]);
  });

  test('that reads too slowly is told where to resume, and the others get everything', async () => {
    begin('c0');
    const slow = listen('c0', 2);
    const mira = listen('c0');
    for (let i = 0; i < 4; i += 1) log.append();
    await hears(mira, 4);
    expect(slow.cursors).toEqual(['c1', 'c2']);
    expect(slow.errors).toMatchObject([{ extensions: { code: 'RESUME_FROM', cursor: 'c2' } }]);
    expect(mira.cursors).toEqual(['c1', 'c2', 'c3', 'c4']);
  });

  test('that is alone and behind is waited for, and then gets everything', async () => {
    begin('c0');
    const mira = listen('c0');
    mira.behind = true;
    for (let i = 0; i < 4; i += 1) log.append();
    await hears(mira, 1);
    expect(mira.cursors).toEqual(['c1']);
    mira.behind = false;
    await hears(mira, 4);
    expect(mira.cursors).toEqual(['c1', 'c2', 'c3', 'c4']);
    expect(mira.isLinkedFrom('c0')).toBe(true);
  });

  test('that is behind is no longer waited for as soon as somebody else listens', async () => {
    begin('c0');
    const slow = listen('c0');
    slow.behind = true;
    for (let i = 0; i < 4; i += 1) log.append();
    await hears(slow, 1);
    const mira = listen('c0');
    await hears(mira, 4);
    expect(mira.cursors).toEqual(['c1', 'c2', 'c3', 'c4']);
  });

  test('that is behind like all others of its stream is waited for with them, until one keeps up', async () => {
    begin('c0');
    const [mira, jon] = [listen('c0'), listen('c0')];
    mira.behind = true;
    jon.behind = true;
    for (let i = 0; i < 3; i += 1) log.append();
    await Promise.all([hears(mira, 1), hears(jon, 1)]);
    expect([mira.cursors, jon.cursors]).toEqual([['c1'], ['c1']]);
    jon.behind = false;
    await Promise.all([hears(mira, 3), hears(jon, 3)]);
    expect(mira.errors).toEqual([]);
  });

  test('that is alone and stays behind is told where to resume', async () => {
    begin('c0', 100);
    const mira = listen('c0');
    mira.behind = true;
    for (let i = 0; i < 4; i += 1) log.append();
    await eventually(
      () => mira.codes,
      (codes) => codes.length > 0,
    );
    expect(mira.errors).toMatchObject([{ extensions: { code: 'RESUME_FROM', cursor: 'c1' } }]);
  });

  test('whose place is not known here is given nothing that it could take for everything', () => {
    begin('c5');
    const mira = listen('c1');
    expect(mira.errors).toMatchObject([{ extensions: { code: 'RESUME_FROM', cursor: 'c1' } }]);
  });
});
