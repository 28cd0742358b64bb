import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { getIntrospectionQuery } from 'graphql';
import { buildShop } from '#gateway/execute/testing/shop/shop.js';
import { respondFrom, type SubgraphServer, startSubgraphServer } from '#gateway/execute/testing/subgraph-server.js';
import { type SupergraphServer, startSupergraphServer } from './supergraph-server.js';

const shop = buildShop();
const subgraphs = new Map<string, SubgraphServer>();
let supergraphSdl = shop.supergraph.sdl;
let gateway: SupergraphServer;

beforeAll(async () => {
  for (const [name, schema] of shop.schemas) {
    const server = await startSubgraphServer(respondFrom(schema));
    subgraphs.set(name, server);
    supergraphSdl = supergraphSdl.replace(`http://${name}.invalid/graphql`, server.url);
  }
  gateway = await startSupergraphServer({ supergraphSdl, host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([...subgraphs.values()].map((server) => server.stop()));
});

async function post(body: unknown, headers: Record<string, string> = {}, url = gateway.url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

test('answers a POST from all subgraphs of the file', async () => {
  const query = 'query ($id: ID!) { user(id: $id) { displayName reviews { body product { title } } } }';
  expect(await post({ query, variables: { id: 'u1' } })).toEqual({
    status: 200,
    body: {
      data: {
        user: {
          displayName: 'Ada',
          reviews: [
            { body: 'Fine', product: { title: 'Tables' } },
            { body: 'Odd', product: { title: 'Box' } },
          ],
        },
      },
    },
  });
});

test('answers a GET', async () => {
  const response = await fetch(`${gateway.url}?query=${encodeURIComponent('{ me { displayName } }')}`);
  expect(await response.json()).toEqual({ data: { me: { displayName: 'Ada' } } });
});

test('refuses a mutation by GET', async () => {
  const response = await fetch(`${gateway.url}?query=${encodeURIComponent('mutation { logAccounts(entry: "x") }')}`);
  expect(response.status).toBe(405);
});

test('tells its schema', async () => {
  const { body } = await post({ query: getIntrospectionQuery() });
  expect(body).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
});

test('hands the authorization of the caller to the subgraphs, and invents none', async () => {
  await post({ query: '{ me { karma } }' }, { authorization: 'Bearer abc' });
  for (const name of ['accounts', 'reviews']) {
    expect(subgraphs.get(name)?.received.at(-1)?.headers.authorization).toBe('Bearer abc');
  }
  await post({ query: '{ me { id } }' });
  expect(subgraphs.get('accounts')?.received.at(-1)?.headers.authorization).toBeUndefined();
});

test('says that it is well', async () => {
  const response = await fetch(gateway.url.replace('/graphql', '/health'));
  expect(await response.json()).toEqual({ status: 'ok' });
});

test.each([
  ['text that is not JSON', '{', {}, 400],
  ['a body of another type', 'query=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['a body that is too long', `"${'x'.repeat(3_000_000)}"`, {}, 413],
])('refuses %s', async (_, body, headers, status) => {
  expect((await post(body, headers)).status).toBe(status);
});

test('knows no other path', async () => {
  expect((await fetch(gateway.url.replace('/graphql', '/other'))).status).toBe(404);
});

describe('the command', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));

  const main = fileURLToPath(new URL('./main.js', import.meta.url));

  function run(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** What stands in package.json, without npm. */
  function runScript(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const [program, ...words] = String(scripts.gateway).split(' ');
    if (program !== 'node') throw new Error(`"npm run gateway" runs ${program}.`);
    return spawn(process.execPath, [...words, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  test('is what "npm run gateway" runs: prints one line when it is ready, serves, and ends cleanly when told to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, supergraphSdl);
    const child = runScript('--supergraph', file, '--port', '0');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(line).toMatch(/^Gateway ready at http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    const { body } = await post({ query: '{ me { displayName } }' }, {}, line.slice('Gateway ready at '.length));
    expect(body).toEqual({ data: { me: { displayName: 'Ada' } } });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await rm(folder, { recursive: true });
  });

  test('serves another supergraph as soon as the file is another one, and goes on when it is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, supergraphSdl);
    const child = run('--supergraph', file, '--port', '0');
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const nextLine = async () => (await lines.next()).value ?? 'ended';
    const url = (await nextLine()).slice('Gateway ready at '.length);
    const ask = async () => (await post({ query: '{ me { displayName } }' }, {}, url)).body;

    await writeFile(file, 'this is no supergraph');
    expect(await nextLine()).toMatch(/^Not reloaded: /);
    expect(await ask()).toEqual({ data: { me: { displayName: 'Ada' } } });

    await writeFile(file, supergraphSdl.replaceAll('displayName', 'shownName'));
    expect(await nextLine()).toBe('Supergraph reloaded');
    expect(await ask()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });

    await writeFile(file, supergraphSdl);
    child.kill('SIGHUP');
    expect(await nextLine()).toBe('Supergraph reloaded');
    expect(await ask()).toEqual({ data: { me: { displayName: 'Ada' } } });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await rm(folder, { recursive: true });
  });

  test('tells every problem of its arguments at once', async () => {
    const child = run('--host', '127.0.0.1');
    const lines: string[] = [];
    createInterface(child.stderr).on('line', (line) => lines.push(line));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(lines).toEqual([
      'Name the supergraph file with --supergraph.',
      'Give a free port between 0 and 65535 with --port; 0 takes any.',
      'Usage: npm run gateway -- --supergraph FILE --port NUMBER [--host ADDRESS]',
    ]);
  });

  test('tells which file it cannot serve', async () => {
    const child = run('--supergraph', '/no/such/file', '--port', '0');
    const [line] = (await once(createInterface(child.stderr), 'line')) as [string];
    expect(line).toContain('The gateway cannot serve "/no/such/file"');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
