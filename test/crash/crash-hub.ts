import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel/embedded-postgres/embedded-postgres.js';
import { descendantsOf } from '../hub/descendants.js';
import { graphqlClient, type TestClient } from '../hub/graphql-client.js';
import { type HubProcess, startHubProcess } from '../hub/hub-process.js';
import { startTcpProxy } from '../wire/tcp-proxy.js';
import { type Environment, findAddresses, type Role, roles } from './addresses.js';

export type ServiceName = Exclude<Role, 'gateway'>;

/** What PostgreSQL consists of besides the postmaster; the last one is what serves one of our connections. */
export const databaseProcesses = [
  'checkpointer',
  'background writer',
  'walwriter',
  'autovacuum launcher',
  'weft',
] as const;
export type DatabaseProcess = (typeof databaseProcesses)[number];

/** The status codes of `/health` and `/ready`. */
export interface Health {
  readonly health: number;
  readonly ready: number;
}

/** A hub of four processes on a PostgreSQL of its own that keeps what it acknowledged, all of which can be hurt. */
export interface CrashHub {
  readonly url: string;
  readonly databaseUrl: string;
  readonly admin: TestClient;
  client(token: string): TestClient;
  /** The result of the work; fails as soon as a process ends that nobody told to, with what it said. */
  watch<Result>(work: Promise<Result>): Promise<Result>;
  /** Kills a process the hard way and starts it again; resolves when it is ready. */
  kill(role: Role): Promise<void>;
  /** Starts another process of a role and then ends the one there was, in an orderly way: as an operator brings a new version. */
  replace(role: Role, environment?: Environment): Promise<void>;
  /** Kills the database server, the hard way unless told otherwise, and resolves when it is running again. */
  killDatabase(signal?: NodeJS.Signals): Promise<void>;
  /** Kills one of the processes of the database server the hard way: all of its connections end with it. */
  killInDatabase(name: DatabaseProcess): Promise<void>;
  /** Stops all processes of the database server in the middle of whatever they do, for a while. */
  freezeDatabase(milliseconds: number): Promise<void>;
  /** What a service says of itself. */
  health(role: ServiceName): Promise<Health>;
  /** The figures of a process, as Prometheus reads them. */
  metrics(role: Role): Promise<string>;
  /** The process of a role. */
  pid(role: Role): number;
  /** Stops a process in the middle of whatever it does, for a while. */
  freeze(role: Role, milliseconds: number): Promise<void>;
  /** What every process and the database said, for whoever has to find out what went wrong. */
  story(): string;
  stop(): Promise<void>;
}

export interface CrashHubOptions {
  /** Two addresses for each role, and a balancer in front of those of the gateway, so that processes can be replaced. */
  readonly replaceable?: boolean;
  /** For the gateway. */
  readonly environment?: Environment;
}

export async function startCrashHub({ replaceable = false, environment }: CrashHubOptions = {}): Promise<CrashHub> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-crash-'));
  // Where root runs the tests, PostgreSQL runs as somebody else, who must get through; elsewhere the database would outlive the test.
  await chmod(folder, 0o711);
  const database = await startDatabase(join(folder, 'database'));
  const addresses = await findAddresses(replaceable ? 2 : 1);
  const processes = new Processes({
    DATABASE_URL: database.url,
    HUB_SECRET: 'a secret that the crash test uses, 32 bytes',
    HUB_DATA_DIR: join(folder, 'hub'),
    ...addresses.everybody,
    ...environment,
  });
  const balancer = replaceable
    ? await startTcpProxy([addresses.urlOf('gateway', 0), addresses.urlOf('gateway', 1)])
    : undefined;
  const stop = async () => {
    await balancer?.stop();
    await processes.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const role of roles) await processes.start(role, addresses.own(role, 0));
  } catch (error) {
    await stop();
    throw error;
  }
  const url = balancer?.url ?? addresses.urlOf('gateway', 0);
  /** How often the process of a role was replaced. */
  const replaced = new Map<Role, number>();
  const placeOf = (role: Role) => replaced.get(role) ?? 0;
  const token = (await readFile(join(folder, 'hub', 'admin-token'), 'utf8')).trim();
  return {
    url,
    databaseUrl: database.url,
    admin: graphqlClient(url, token),
    client: (text) => graphqlClient(url, text),
    watch: (work) => Promise.race([work, processes.broken, database.broken]),
    async kill(role) {
      await processes.end(role, 'SIGKILL');
      await processes.start(role, addresses.own(role, placeOf(role)));
    },
    async replace(role, environment) {
      replaced.set(role, placeOf(role) + 1);
      await processes.replace(role, { ...addresses.own(role, placeOf(role)), ...environment });
    },
    killDatabase: database.kill,
    killInDatabase: database.killOne,
    freezeDatabase: database.freeze,
    health: (role) => healthOf(addresses.urlOf(role, placeOf(role))),
    async metrics(role) {
      const { body } = await request(`${addresses.urlOf(role, placeOf(role))}/metrics`);
      return body.text();
    },
    pid: (role) => processes.pid(role),
    freeze: (role, milliseconds) => processes.freeze(role, milliseconds),
    story: () => `${database.story()}\n${processes.story()}`,
    stop,
  };
}

/** The processes of the hub, and what becomes of them. */
class Processes {
  private readonly running = new Map<Role, HubProcess>();
  private readonly lives: { readonly role: Role; readonly hub: HubProcess }[] = [];
  private readonly breaking = new Breaking();
  private stopping = false;
  readonly broken = this.breaking.broken;

  constructor(private readonly environment: Environment) {}

  async start(role: Role, environment: Environment): Promise<void> {
    const hub = await startHubProcess({ ...this.environment, ...environment }, '--roles', role);
    if (this.stopping) return hub.stop('SIGKILL'); // a disturbance that was under way when the test ended
    this.running.set(role, hub);
    this.lives.push({ role, hub });
    hub.child.once('exit', (code, signal) => {
      if (this.running.get(role) === hub) this.breaking.break(`${role} ended by itself (${signal ?? `code ${code}`})`);
    });
  }

  async replace(role: Role, environment: Environment): Promise<void> {
    const old = this.running.get(role);
    await this.start(role, environment);
    await old?.stop();
  }

  pid(role: Role): number {
    return this.running.get(role)?.child.pid ?? 0;
  }

  async end(role: Role, signal: NodeJS.Signals): Promise<void> {
    const hub = this.running.get(role);
    this.running.delete(role);
    await hub?.stop(signal);
  }

  async freeze(role: Role, milliseconds: number): Promise<void> {
    const child = this.running.get(role)?.child;
    child?.kill('SIGSTOP');
    await pause(milliseconds);
    child?.kill('SIGCONT');
  }

  story(): string {
    return this.lives
      .map(({ role, hub }) => `--- ${role} (process ${hub.child.pid}):\n${hub.errors().slice(-1_500)}`)
      .join('\n');
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(roles.map((role) => this.end(role, 'SIGTERM')));
  }
}

async function startDatabase(folder: string) {
  const said: string[] = [];
  const waiting = new Set<() => void>();
  const breaking = new Breaking();
  const server: EmbeddedPostgres = await startEmbeddedPostgres({
    folder,
    onProgress(line) {
      said.push(`${new Date().toISOString()} ${line}`);
      if (!line.startsWith('PostgreSQL runs again')) return;
      for (const resume of waiting) resume();
      waiting.clear();
    },
  });
  let stopping = false;
  void server.exited.then(() => stopping || breaking.break('the database cannot be kept running'));
  return {
    url: server.url,
    broken: breaking.broken,
    async kill(signal: NodeJS.Signals = 'SIGKILL') {
      const again = new Promise<void>((resolve) => waiting.add(resolve));
      process.kill(server.pid, signal);
      await Promise.race([again, breaking.broken]);
    },
    async killOne(name: DatabaseProcess) {
      const pids = await descendantsOf(server.pid);
      const titles = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
      const pid = pids[titles.findIndex((title) => title.startsWith(`postgres: ${name}`))];
      if (pid === undefined) throw new Error(`PostgreSQL has no process "${name}", only: ${titles.join(', ')}`);
      process.kill(pid, 'SIGKILL');
    },
    async freeze(milliseconds: number) {
      process.kill(server.pid, 'SIGSTOP'); // first, so that it starts no others
      const pids = await descendantsOf(server.pid);
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      await pause(milliseconds);
      for (const pid of [server.pid, ...pids]) process.kill(pid, 'SIGCONT');
    },
    story: () => `--- the database:\n${said.join('\n')}`,
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}

async function healthOf(url: string): Promise<Health> {
  const [health, ready] = await Promise.all(['health', 'ready'].map((path) => statusOf(`${url}/${path}`)));
  return { health: health ?? 0, ready: ready ?? 0 };
}

async function statusOf(url: string): Promise<number> {
  const { statusCode, body } = await request(url);
  await body.dump();
  return statusCode;
}

/** A promise that fails when something breaks, and bothers nobody who does not look. */
class Breaking {
  private fail: (error: Error) => void = () => undefined;
  readonly broken = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  constructor() {
    this.broken.catch(() => undefined);
  }

  break(what: string): void {
    this.fail(new Error(what));
  }
}
