import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel/embedded-postgres/embedded-postgres.js';
import { freePorts } from '../hub/free-port.js';
import { graphqlClient, type TestClient } from '../hub/graphql-client.js';
import { type HubProcess, startHubProcess } from '../hub/hub-process.js';

export const roles = ['people', 'ideas', 'conversations', 'gateway'] as const;
export type Role = (typeof roles)[number];

/** A hub of four processes on a PostgreSQL of its own that keeps what it acknowledged, all of which can be hurt. */
export interface CrashHub {
  readonly url: string;
  readonly admin: TestClient;
  client(token: string): TestClient;
  /** Processes that ended without being told to. */
  readonly died: readonly string[];
  /** Kills a process the hard way and starts it again; resolves when it is ready. */
  kill(role: Role): Promise<void>;
  /** Kills the database server the hard way and resolves when it is running again. */
  killDatabase(): Promise<void>;
  /** Stops a process in the middle of whatever it does, for a while. */
  freeze(role: Role, milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startCrashHub(): Promise<CrashHub> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-crash-'));
  // Where root runs the tests, PostgreSQL runs as somebody else, who must get through; elsewhere the database would outlive the test.
  await chmod(folder, 0o711);
  const runsAgain = new Signals();
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'database'),
    onProgress: (line) => line.startsWith('PostgreSQL runs again') && runsAgain.give(),
  });
  const running = new Map<Role, HubProcess>();
  const died: string[] = [];
  const environment = await environmentOf(folder, postgres.url);

  async function start(role: Role): Promise<void> {
    const hub = await startHubProcess(environment, '--roles', role);
    running.set(role, hub);
    hub.child.once('exit', (code, signal) => {
      if (running.get(role) === hub) died.push(`${role} ended by itself (${signal ?? `code ${code}`})`);
    });
  }

  async function end(role: Role, signal: NodeJS.Signals): Promise<void> {
    const hub = running.get(role);
    running.delete(role);
    await hub?.stop(signal);
  }

  async function stop(): Promise<void> {
    await Promise.all(roles.map((role) => end(role, 'SIGTERM')));
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    for (const role of roles) await start(role);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://127.0.0.1:${environment.PORT}`;
  const token = (await readFile(join(folder, 'hub', 'admin-token'), 'utf8')).trim();
  return {
    url,
    admin: graphqlClient(url, token),
    client: (text) => graphqlClient(url, text),
    died,
    async kill(role) {
      await end(role, 'SIGKILL');
      await start(role);
    },
    killDatabase: () => killServer(postgres, runsAgain),
    async freeze(role, milliseconds) {
      // The same process, also when the hub is being stopped meanwhile: a frozen one would never end.
      const frozen = running.get(role)?.child;
      frozen?.kill('SIGSTOP');
      await pause(milliseconds);
      frozen?.kill('SIGCONT');
    },
    stop,
  };
}

async function killServer(postgres: EmbeddedPostgres, runsAgain: Signals): Promise<void> {
  const again = runsAgain.next();
  process.kill(postgres.pid, 'SIGKILL');
  await again;
}

/** Lets somebody wait for the next time that something happens. */
class Signals {
  private waiting: (() => void)[] = [];

  next(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  give(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

async function environmentOf(folder: string, databaseUrl: string) {
  const [port, people, ideas, conversations] = (await freePorts(4)).map(String) as [string, string, string, string];
  return {
    DATABASE_URL: databaseUrl,
    HUB_SECRET: 'a secret that the crash test uses, 32 bytes',
    HUB_DATA_DIR: join(folder, 'hub'),
    LOG_LEVEL: 'silent',
    PORT: port,
    PEOPLE_PORT: people,
    IDEAS_PORT: ideas,
    CONVERSATIONS_PORT: conversations,
    PEOPLE_URL: `http://127.0.0.1:${people}/graphql`,
    IDEAS_URL: `http://127.0.0.1:${ideas}/graphql`,
    CONVERSATIONS_URL: `http://127.0.0.1:${conversations}/graphql`,
  };
}
