/** Connections that are opened, held and kept busy. The attackers have an address of their own, as they mostly do. */
import { connect, type Socket } from 'node:net';
import WebSocket from 'ws';
import { eventually } from '#test/hub/eventually.js';
import { closeAll, rawSocket, signedIn } from '#test/wire/raw-socket.js';
import { type AttackedHub, startAttackedHub } from './attacked-hub.js';

let attacked: AttackedHub;
const soon = { headersMs: 1_000, requestMs: 2_000, initialisationMs: 6_000, closeGraceMs: 1_000 };
const mostOfAnAddress = 500;
const environment = {
  CONNECTIONS_PER_ADDRESS: String(mostOfAnAddress),
  SUBSCRIPTIONS_PER_VIEWER: '20',
  OPERATIONS_PER_SOCKET: '10',
};
const attackersAddress = '127.0.0.2';
/** A botnet, as far as one machine can be one. */
const attackersAddresses = Array.from({ length: 8 }, (_, index) => `127.0.0.${index + 2}`);

const sockets = new Set<Socket>();

beforeAll(async () => {
  attacked = await startAttackedHub(environment, soon);
});
afterEach(async () => {
  await closeAll();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});
afterAll(() => attacked?.stop());

/** What came until the connection was closed by the other side; undefined while it is open. */
interface Line {
  readonly socket: Socket;
  text: string;
  closed: boolean;
}

function open(firstWords = '', localAddress = attackersAddress): Line {
  const { hostname, port } = new URL(attacked.url);
  const socket = connect({ host: hostname, port: Number(port), localAddress });
  const line: Line = { socket, text: '', closed: false };
  sockets.add(socket);
  socket.on('data', (data) => {
    line.text += String(data);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    line.closed = true;
  });
  if (firstWords) socket.write(firstWords);
  return line;
}

const closed = (lines: readonly Line[], milliseconds = 50_000) =>
  eventually(
    () => lines.filter((line) => !line.closed).length,
    (left) => left === 0,
    milliseconds,
  );

/**
 * Opens so many from one address, group by group, each when the one before has its answer. All at once would overflow the queue in
 * which the kernel keeps connections for the hub, and those that fall out of it try again only after seconds, and then twice as many.
 */
async function openMany(count: number, firstWords: string, from: string): Promise<Line[]> {
  const lines: Line[] = [];
  while (lines.length < count) {
    const group = Array.from({ length: Math.min(100, count - lines.length) }, () => open(firstWords, from));
    await eventually(
      () => group.filter(({ text, closed }) => text === '' && !closed).length,
      (unanswered) => unanswered === 0,
      30_000,
    );
    lines.push(...group);
  }
  return lines;
}

const isHeld = ({ text }: Line) => text.startsWith('HTTP/1.1 101');
const isTurnedAway = ({ text }: Line) => text.startsWith('HTTP/1.1 429');

const upgrade =
  'GET /graphql HTTP/1.1\r\nhost: hub\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n' +
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n';

const beginnings = {
  nothing: '',
  'a request that stops': 'POST /graphql HTTP/1.1\r\nhost: hub\r\n',
  'a body that never comes':
    'POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  'a token request that never comes':
    'POST /oauth/token HTTP/1.1\r\nhost: hub\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\ng',
  'a WebSocket without a word of who it is': upgrade,
};

/** All at once: what is waited for is the longest of their times, and not their sum. */
test('clients that begin something and never go on are let go of, whatever it is', async () => {
  await attacked.beside(async () => {
    const began = Object.entries(beginnings).map(([what, words]) => ({
      what,
      lines: Array.from({ length: 90 }, () => open(words)),
    }));
    await closed(began.flatMap(({ lines }) => lines));
  });
});

test('a client that sends its headers letter by letter is let go of', async () => {
  await attacked.beside(async () => {
    const line = open('POST /graphql HTTP/1.1\r\nx: ');
    const drip = setInterval(() => line.socket.write('a'), 50);
    await closed([line]).finally(() => clearInterval(drip));
    expect(line.text).toMatch(/^(HTTP\/1.1 408 |$)/);
  });
});

test('of ten thousand half-open sockets those of an address beyond its share are turned away, the others are let go of, and the neighbour goes on', async () => {
  const tooMany = 125;
  await attacked.beside(async () => {
    // In two waves: the attackers are in this process, too, and it may have so many files open.
    for (let wave = 0; wave < 2; wave += 1) {
      const all: Line[] = [];
      for (const address of attackersAddresses) {
        const lines = await openMany(mostOfAnAddress + tooMany, upgrade, address);
        // On a busy machine the first are let go of before the last one comes, and leave it their places.
        const madeRoom = lines.filter((line) => isHeld(line) && line.closed).length;
        const held = lines.filter(isHeld).length;
        expect(held).toBeGreaterThanOrEqual(mostOfAnAddress);
        expect(held).toBeLessThanOrEqual(mostOfAnAddress + madeRoom);
        expect(lines.filter(isTurnedAway)).toHaveLength(lines.length - held);
        all.push(...lines);
      }
      await closed(all, 120_000);
    }
  });
  await attacked.forgotten();
}, 300_000);

test('a flood of pings ends the connection, by message and by frame', async () => {
  await attacked.beside(async () => {
    const byMessage = await signedIn(attacked.url, attacked.mira.token);
    for (let count = 0; count < 5_000; count += 1) byMessage.send({ type: 'ping' });
    expect(await byMessage.closed()).toMatchObject({ code: 4529 });
    const byFrame = await signedIn(attacked.url, attacked.mira.token);
    for (let count = 0; count < 5_000 && byFrame.socket.readyState === WebSocket.OPEN; count += 1)
      byFrame.socket.ping();
    // Told so, or cut off when it is too busy sending to take part in the closing.
    expect([4529, 1006]).toContain((await byFrame.closed()).code);
  });
});

const listening = 'subscription { ideaActivity { cursor } }';
const codesOf = (messages: readonly { type: string; payload?: unknown }[]) =>
  messages.flatMap(({ type, payload }) =>
    type === 'error' ? [(payload as { extensions: { limit: unknown } }[])[0]?.extensions.limit] : [],
  );

test('a socket has so many operations, a viewer so many subscriptions, and the next ones are refused', async () => {
  await attacked.beside(async () => {
    const all = await Promise.all([1, 2, 3].map(() => signedIn(attacked.url, attacked.mira.token)));
    for (const [index, socket] of all.entries())
      for (let id = 0; id < (index === 0 ? 12 : 8); id += 1) socket.subscribe(String(id), listening);
    const refused = () => codesOf(all.flatMap(({ inbox }) => [...inbox]));
    expect((await eventually(refused, (codes) => codes.length >= 8)).sort()).toEqual([
      ...Array.from({ length: 2 }, () => 'operations'),
      ...Array.from({ length: 6 }, () => 'subscriptions'),
    ]);
  });
});

test('subscriptions that ended make room for others', async () => {
  for (let round = 0; round < 3; round += 1) {
    const all = await Promise.all([1, 2].map(() => signedIn(attacked.url, attacked.mira.token)));
    for (const socket of all) for (let id = 0; id < 10; id += 1) socket.subscribe(String(id), listening);
    await eventually(
      () => all.reduce((sum, { inbox }) => sum + inbox.filter(({ type }) => type === 'ping').length, 0),
      (pings) => pings >= 20,
    );
    expect(codesOf(all.flatMap(({ inbox }) => [...inbox]))).toEqual([]);
    for (const { socket } of all) socket.terminate();
    await Promise.all(all.map((socket) => socket.closed()));
  }
});

test('a socket that was not let in asks for nothing', async () => {
  const socket = await rawSocket(attacked.url);
  socket.subscribe('1', listening);
  expect(await socket.closed()).toMatchObject({ code: 4401 });
});
