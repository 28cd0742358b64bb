import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { GatewayTimes } from '#gateway/times.js';
import { newToken } from '#kernel/auth/token-text.js';
import { readConfig } from '#kernel/config/config.js';
import type { Clock } from '#kernel/runtime/clock.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { ensureAdministratorToken } from '../../services/people/administrator/administrator-token.js';
import type { ServiceName } from '../../services/service-definitions.js';
import { startHub } from '../../services/start-hub.js';
import { freePorts } from './free-port.js';
import { graphqlClient, type TestClient } from './graphql-client.js';
import { type HubProcess, startHubProcess } from './hub-process.js';
import { createTestDatabase } from './test-database.js';

export const topologies = ['one process', 'four processes'] as const;
export type Topology = (typeof topologies)[number];

export interface TestHub {
  readonly topology: Topology;
  readonly url: string;
  readonly admin: TestClient;
  readonly anonymous: TestClient;
  /** The services themselves, where they run in this process: to count statements or to look at a consumer. */
  service(name: ServiceName): RunningService;
  client(token: string): TestClient;
  /** Streams that the gateway holds open at subgraphs, where it runs in this process. */
  upstreams(): number;
  /** Serves another schema, where the gateway runs in this process. */
  reload(supergraphSdl: string): void;
  /** Does something while a service is down, and starts it again; where it is a process of its own. */
  without<Result>(service: ServiceName, work: () => Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

export interface TestHubOptions {
  readonly topology?: Topology;
  readonly now?: Clock;
  /** Of streams, in one process. */
  readonly heartbeatMs?: number;
  /** How long the gateway waits for what, where a test would have to wait as well; in one process only. */
  readonly gatewayTimes?: Partial<GatewayTimes>;
  /** Configuration besides what every test hub has, in each of its processes. */
  readonly environment?: Readonly<Record<string, string>>;
}

const secret = 'a secret that all tests share, 32 bytes';

/** A whole hub on a database of its own, reached as its users reach it: over HTTP. */
export async function startTestHub({ topology = 'one process', ...options }: TestHubOptions = {}): Promise<TestHub> {
  return topology === 'one process' ? inOneProcess(options) : inFourProcesses(options.environment);
}

async function inOneProcess({ environment, ...options }: Omit<TestHubOptions, 'topology'>): Promise<TestHub> {
  const database = await createTestDatabase();
  const config = readConfig({ PORT: '0', HUB_ROLE_PREFIX: 'weft_test', ...environment });
  const log = pino({ level: process.env.LOG_LEVEL ?? 'fatal' });
  const hub = await startHub({
    config,
    roles: config.HUB_ROLES,
    secret,
    databaseUrl: database.url,
    log,
    onProgress: () => undefined,
    ...options,
  });
  const service = (name: ServiceName) => {
    const found = hub.services.get(name);
    if (!found) throw new Error(`The service ${name} does not run here.`);
    return found;
  };
  const token = newToken('accessToken');
  await ensureAdministratorToken(service('people'), token);
  const upstreams = () => hub.gateway?.upstreams ?? 0;
  const reload = (supergraphSdl: string) => hub.gateway?.reload(supergraphSdl);
  const stop = async () => {
    await hub.stop();
    await database.drop();
  };
  return testHub(token, {
    topology: 'one process',
    url: hub.url ?? '',
    service,
    upstreams,
    reload,
    without: () => notHere('service alone'),
    stop,
  });
}

async function inFourProcesses(besides: Readonly<Record<string, string>> = {}): Promise<TestHub> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'weft-hub-'));
  const [port, people, ideas, conversations] = (await freePorts(4)).map(String) as [string, string, string, string];
  const environment = {
    DATABASE_URL: database.url,
    HUB_SECRET: secret,
    HUB_ROLE_PREFIX: 'weft_test',
    HUB_DATA_DIR: folder,
    PORT: port,
    PEOPLE_PORT: people,
    IDEAS_PORT: ideas,
    CONVERSATIONS_PORT: conversations,
    PEOPLE_URL: `http://127.0.0.1:${people}/graphql`,
    IDEAS_URL: `http://127.0.0.1:${ideas}/graphql`,
    CONVERSATIONS_URL: `http://127.0.0.1:${conversations}/graphql`,
    ...besides,
  };
  const processes = new Map<string, HubProcess>();
  const start = async (role: string) => processes.set(role, await startHubProcess(environment, '--roles', role));
  const stop = async () => {
    await Promise.all([...processes.values()].map((process) => process.stop()));
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const role of ['people', 'ideas', 'conversations', 'gateway']) await start(role);
    const token = (await readFile(join(folder, 'admin-token'), 'utf8')).trim();
    const url = `http://127.0.0.1:${port}`;
    return testHub(token, {
      topology: 'four processes',
      url,
      service: notHere,
      upstreams: notHere,
      reload: () => notHere(),
      async without(service, work) {
        await processes.get(service)?.stop();
        const result = await work();
        await start(service);
        return result;
      },
      stop,
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

function notHere(name = 'gateway'): never {
  throw new Error(`The ${name} does not run in this process, or not in one of its own.`);
}

function testHub(token: string, parts: Omit<TestHub, 'admin' | 'anonymous' | 'client'>): TestHub {
  const client = (text: string) => graphqlClient(parts.url, text);
  return { ...parts, admin: client(token), anonymous: graphqlClient(parts.url), client };
}
