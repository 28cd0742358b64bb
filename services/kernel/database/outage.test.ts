import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { eventually } from '#test/hub/eventually.js';
import { createTestDatabase, type TestDatabase } from '#test/hub/test-database.js';
import { type Database, type DatabaseOptions, openDatabase } from './database.js';
import { isOutage } from './outage.js';
import { statement } from './statement.js';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  database = await openDatabase(optionsOf(server.url));
});

afterAll(async () => {
  await database?.close();
  await server?.drop();
});

const me = statement('SELECT pg_backend_pid() AS pid');
const one = statement('SELECT 1 AS one');

describe('a connection that is lost', () => {
  test('between two statements of a transaction is an outage, and the next transaction works', async () => {
    const lost = database.transaction(async (tx) => {
      const [row] = await tx.run<{ pid: number }>(me);
      await killBackend(row?.pid ?? 0);
      // Not before the runner knows: in this moment TypeORM says that it was released, and nothing of a connection.
      await eventually(() => tx.manager.queryRunner?.isReleased, Boolean);
      await tx.manager.query('SELECT 1');
    });
    expect(isOutage(await lost.catch((error: unknown) => error))).toBe(true);
    expect(await database.transaction((tx) => tx.run(one))).toEqual([{ one: 1 }]);
  });

  test('while nobody uses it is replaced', async () => {
    const [row] = await database.read<{ pid: number }>(me);
    await killBackend(row?.pid ?? 0);
    await eventually(
      () => database.read(one).catch(() => []),
      (rows) => rows.length === 1,
    );
  });

  test('in the moment it is handed out is an outage, and no reason for the process to end', async () => {
    const dying = await startDyingServer();
    const failure = await openDatabase(optionsOf(dying.url)).catch((error: unknown) => error);
    dying.stop();
    expect(isOutage(failure)).toBe(true);
  });
});

function optionsOf(url: string): DatabaseOptions {
  return { url, schema: 'public', entities: [], migrations: [], poolSize: 2, applicationName: 'test' };
}

async function killBackend(pid: number): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('SELECT pg_terminate_backend($1)', [pid]);
  await client.end();
}

/** Lets everybody in, and in the same breath says that it ends. */
async function startDyingServer() {
  const welcome = Buffer.concat([message('R', Buffer.from([0, 0, 0, 0])), message('Z', Buffer.from('I'))]);
  const farewell = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([welcome, farewell])));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    url: `postgres://somebody:secret@127.0.0.1:${(listener.address() as AddressInfo).port}/weft`,
    stop() {
      for (const socket of sockets) socket.destroy();
      listener.close();
    },
  };
}

/** Of the protocol of PostgreSQL: a letter, the length with itself, and what is said. */
function message(kind: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(kind), length, body]);
}
