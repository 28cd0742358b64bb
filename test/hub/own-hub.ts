import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-port.js';
import { graphqlClient, type TestClient } from './graphql-client.js';
import { type HubProcess, startHubProcess } from './hub-process.js';
import { type EndedProcess, type NodeProcess, runNode } from './run-node.js';
import { createTestDatabase } from './test-database.js';

/** A hub in a process of its own, as a user starts it; it can be killed and started again. */
export interface OwnHub {
  readonly url: string;
  /** The data folder. */
  readonly folder: string;
  /** Of its PostgreSQL, where that is the server of the test run. */
  readonly databaseUrl: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  process(): HubProcess;
  admin(): Promise<TestClient>;
  /** Starts it again, once it has ended. */
  start(): Promise<HubProcess>;
  /** As a power cut would end it. */
  kill(): Promise<void>;
  /** Starts `hub import ...` or another command against it. */
  startCommand(name: 'import' | 'export', ...args: string[]): NodeProcess;
  command(name: 'import' | 'export', ...args: string[]): Promise<EndedProcess>;
  /** Ends it in an orderly way and removes all it has written. */
  remove(): Promise<void>;
}

export interface OwnHubOptions {
  /** `embedded` is what a user has who installs nothing; `shared` starts faster. */
  readonly postgres: 'embedded' | 'shared';
}

export async function startOwnHub({ postgres }: OwnHubOptions): Promise<OwnHub> {
  const database = postgres === 'shared' ? await createTestDatabase() : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'weft-own-hub-'));
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    PORT: String(port),
    HUB_DATA_DIR: folder,
    ...(database ? { DATABASE_URL: database.url, HUB_ROLE_PREFIX: 'weft_test', HUB_SECRET: sharedSecret } : {}),
  };
  let running = await startHubProcess(environment);
  const startCommand = (name: string, ...args: string[]) =>
    runNode('services/hub/main.js', [name, '--url', `${url}/graphql`, ...args], { HUB_DATA_DIR: folder });
  return {
    url,
    folder,
    databaseUrl: database?.url,
    environment,
    startCommand,
    process: () => running,
    admin: async () => graphqlClient(url, (await readFile(join(folder, 'admin-token'), 'utf8')).trim()),
    async start() {
      running = await startHubProcess(environment);
      return running;
    },
    kill: () => running.stop('SIGKILL'),
    command: (name, ...args) => startCommand(name, ...args).ended,
    async remove() {
      await running.stop();
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Login roles belong to a whole PostgreSQL server: hubs that share one have one secret. */
const sharedSecret = 'a secret that all tests share, 32 bytes';
