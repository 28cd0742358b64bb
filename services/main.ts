import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Logger } from 'pino';
import { newToken } from '#kernel/auth/token-text.js';
import { type Config, ConfigError, readConfig, roleNames } from '#kernel/config/config.js';
import { onceDatabaseAnswers } from '#kernel/database/await-database.js';
import { processMetrics } from '#kernel/metrics/metrics.js';
import { createLogger } from '#kernel/runtime/logger.js';
import { endAtOnce, endProcess } from './end-process.js';
import { type HubStorage, openStorage } from './hub-storage.js';
import { type RunningHub, startHub } from './start-hub.js';

/** Longer than requests under way get. What takes longer waits for a database that does not answer. */
const stopMs = 15_000;

/** Longer than a gateway keeps an idle connection to a service, so that none of its calls meets one that is just being closed. */
const usualDrainMs = 8_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

await run();

async function run(): Promise<void> {
  let storage: HubStorage | undefined;
  let log: Logger | undefined;
  const stopped = stopOnSignal(() => storage?.abandon());
  try {
    const config = configOf(process.env, process.argv.slice(2));
    log = createLogger(config.LOG_LEVEL, config.HUB_ROLES.join(','));
    storage = await openStorage(config, config.HUB_ROLES, say);
    await serve(storage, config, log, stopped);
    await endProcess(0, log);
  } catch (error) {
    explain(error);
    await endProcess(1, log);
  }
}

function explain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  if (!(error instanceof ConfigError) && process.env.LOG_LEVEL === 'debug')
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
}

async function serve(storage: HubStorage, config: Config, log: Logger, stopped: Promise<void>): Promise<void> {
  const lost = storage.lost.then(() => {
    throw new Error('The embedded PostgreSQL cannot be kept running; its log says why.');
  });
  let hub: RunningHub | undefined;
  const start = async () => {
    hub = await startOn(storage, config, log);
    await announce(hub, storage, config);
  };
  try {
    await Promise.race([start(), stopped, lost]); // whoever stops it need not wait for a database that is away
    await Promise.race([stopped, lost]);
    say('Stopping …');
  } finally {
    await inTime(hub?.stop(), log);
    await storage.close();
  }
}

function startOn(storage: HubStorage, config: Config, log: Logger): Promise<RunningHub> {
  const { secret, databaseUrl } = storage;
  const metrics = processMetrics();
  const roles = config.HUB_ROLES;
  // Where all run here nobody else is there to take over: whoever stops it need not wait for connections that nobody uses.
  const drainMs = roles.length === roleNames.length ? 0 : usualDrainMs;
  return startHub({ config, roles, secret, databaseUrl, log, onProgress: say, metrics, drainMs });
}

async function inTime(stopping: Promise<void> | undefined, log: Logger): Promise<void> {
  const late = pause(stopMs, true, { ref: false });
  if (stopping && (await Promise.race([stopping.then(() => false), late])))
    log.error(`the hub did not stop within ${stopMs / 1_000} s; it is ended`);
}

/** Roles of the command line take the place of those of the environment before anything is read, so that all problems come at once. */
function configOf(environment: NodeJS.ProcessEnv, args: string[]): Config {
  const { values } = parseArgs({
    args,
    options: { roles: { type: 'string' }, 'prepare-only': { type: 'boolean' } },
    strict: true,
  });
  return readConfig(values.roles === undefined ? environment : { ...environment, HUB_ROLES: values.roles });
}

async function announce(hub: RunningHub, storage: HubStorage, config: Config): Promise<void> {
  const people = hub.services.get('people');
  const token = people ? await storage.keep('admin-token', () => newToken('accessToken')) : undefined;
  if (people && token) {
    const { ensureAdministratorToken } = await import('./people/administrator/administrator-token.js');
    const wait = { url: storage.databaseUrl ?? '', milliseconds: config.DATABASE_WAIT_MS, onProgress: say };
    await onceDatabaseAnswers(wait, () => ensureAdministratorToken(people, token.text));
  }
  say(
    hub.url === undefined
      ? `Weft is ready: ${config.HUB_ROLES.join(', ')}`
      : `Weft is ready: ${hub.url.replace('127.0.0.1', 'localhost')}`,
  );
  if (token) say(`Administrator's token (kept in ${token.path}): ${token.text}`);
}

/** A second signal ends the process at once, for whoever does not want to wait. */
function stopOnSignal(abandon: () => void): Promise<void> {
  return new Promise((resolve) => {
    const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
    for (const signal of signals) {
      process.once(signal, () => {
        process.once(signal, () => {
          abandon();
          endAtOnce();
        });
        resolve();
      });
    }
  });
}
