import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, type RoleName, readConfig } from '#kernel/config/config.js';
import { processMetrics } from '#kernel/metrics/metrics.js';
import { createLogger } from '#kernel/runtime/logger.js';
import { openStorage } from './hub-storage.js';
import { ensureAdministratorToken, newAccessToken } from './people/administrator/administrator-token.js';
import { type RunningHub, startHub } from './start-hub.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  if (!(error instanceof ConfigError) && process.env.LOG_LEVEL === 'debug')
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const config = configOf(process.env, process.argv.slice(2));
  const roles = config.HUB_ROLES;
  const log = createLogger(config.LOG_LEVEL, roles.join(','));
  const storage = await openStorage(config, roles, say);
  const stopped = stopOnSignal();
  let hub: RunningHub | undefined;
  try {
    hub = await startHub({
      config,
      roles,
      secret: storage.secret,
      databaseUrl: storage.databaseUrl,
      log,
      onProgress: say,
      metrics: processMetrics(),
    });
    await announce(hub, storage, roles);
    await Promise.race([
      stopped,
      storage.lost.then(() =>
        Promise.reject(new Error('The embedded PostgreSQL cannot be kept running; its log says why.')),
      ),
    ]);
    say('Stopping …');
  } finally {
    await hub?.stop();
    await storage.close();
  }
  process.exit(0);
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

async function announce(
  hub: RunningHub,
  storage: Awaited<ReturnType<typeof openStorage>>,
  roles: readonly RoleName[],
): Promise<void> {
  const people = hub.services.get('people');
  const token = people ? await storage.keep('admin-token', newAccessToken) : undefined;
  if (people && token) await ensureAdministratorToken(people, token.text);
  say(
    hub.url === undefined
      ? `Weft is ready: ${roles.join(', ')}`
      : `Weft is ready: ${hub.url.replace('127.0.0.1', 'localhost')}`,
  );
  if (token) say(`Administrator's token (kept in ${token.path}): ${token.text}`);
}

/** A second signal ends the process at once, for whoever does not want to wait. */
function stopOnSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
    for (const signal of signals) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}
