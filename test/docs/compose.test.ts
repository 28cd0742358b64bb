import { parse } from 'yaml';
import { z } from 'zod';
import { type RoleName, readConfig, roleNames, variables } from '#kernel/config/config.js';
import { readText } from './documents.js';

const secret = '0123456789abcdef'.repeat(4);

const health = z.object({ test: z.array(z.string()) });
const service = z.object({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).optional(),
  networks: z.array(z.string()),
  healthcheck: health,
});
const composition = z
  .object({
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
  })
  .parse(parse(readText('docker-compose.yml'), { merge: true }));

const { postgres, ...others } = composition.services;
const processes = Object.entries(others).map(([name, { command = [], environment, ...rest }]) => ({
  name,
  command,
  environment: resolve(environment),
  roles: (command[command.indexOf('--roles') + 1] ?? '').split(','),
  ...rest,
}));

describe('docker-compose.yml', () => {
  test.each(processes)('$name sets only variables that the hub reads', ({ environment }) => {
    expect(Object.keys(environment).filter((name) => !Object.hasOwn(variables.shape, name))).toEqual([]);
  });

  test.each(processes)('$name has a configuration that the hub takes', ({ environment, roles }) => {
    const config = readConfig({ ...environment, HUB_ROLES: roles.join(',') });
    expect(config.HOST).toBe('0.0.0.0');
    expect(config.HUB_SECRET).toBe(secret);
    expect(config.DATABASE_URL === undefined).toBe(roles.join() === 'gateway');
  });

  test('runs every role once', () => {
    expect(processes.flatMap(({ roles }) => roles).sort()).toEqual([...roleNames].sort());
  });

  test.each(processes)('$name is asked for its health where it listens', ({ environment, roles, healthcheck }) => {
    const config = readConfig(environment);
    const ports: Record<string, number> = { ...portsOf(config), gateway: config.PORT };
    expect(healthcheck.test.at(-1)).toBe(String(ports[roles[0] ?? '']));
  });

  test('the gateway finds the services by name and port', () => {
    const gateway = processes.find(({ name }) => name === 'gateway');
    const config = readConfig(gateway?.environment ?? {});
    const expected = processes
      .filter(({ name }) => name !== 'gateway')
      .map(({ name, environment }) => {
        const port = portsOf(readConfig(environment))[serviceName(name)];
        return `http://${name}:${port}/graphql`;
      });
    expect([config.PEOPLE_URL, config.IDEAS_URL, config.CONVERSATIONS_URL].flat().sort()).toEqual(expected.sort());
  });

  test('nothing but the gateway can be reached from outside', () => {
    const open = Object.entries(composition.services).filter(
      ([, { ports, networks }]) => ports || networks.some((name) => !composition.networks[name]?.internal),
    );
    expect(open.map(([name]) => name)).toEqual(['gateway']);
  });

  test('the gateway cannot reach the database', () => {
    expect(composition.services.gateway?.networks.filter((name) => postgres?.networks.includes(name))).toEqual([]);
  });

  test('the database sorts and folds text as the embedded one does', () => {
    const embedded = readText('services/kernel/embedded-postgres/init-cluster.ts').matchAll(
      /'(--(?:encoding|(?:builtin-)?locale(?:-provider)?|lc-ctype)=[\w.-]+)'/g,
    );
    const given = postgres?.environment.POSTGRES_INITDB_ARGS?.split(' ') ?? [];
    expect(given.sort()).toEqual([...embedded].map((match) => match[1]).sort());
  });
});

/** As Compose puts the one secret in, and refuses to start without it where the file says so. */
function resolve(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{HUB_SECRET(:\?[^}]*)?\}/g, secret),
    ]),
  );
}

type Service = Exclude<RoleName, 'gateway'>;

function portsOf(config: ReturnType<typeof readConfig>): Record<Service, number> {
  return { people: config.PEOPLE_PORT, ideas: config.IDEAS_PORT, conversations: config.CONVERSATIONS_PORT };
}

function serviceName(name: string): Service {
  if (name === 'people' || name === 'ideas' || name === 'conversations') return name;
  throw new Error(`"${name}" is no service of the hub.`);
}
