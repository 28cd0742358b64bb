import { buildSchema } from 'graphql';
import { type Logger, pino } from 'pino';
import { originTables } from '#kernel/audit/origin-tables.js';
import { system, type Viewer } from '#kernel/auth/viewer.js';
import type { Consumer } from '#kernel/consumers/consumer.js';
import { consumerTables } from '#kernel/consumers/consumer-tables.js';
import { migration } from '#kernel/database/migration.js';
import { prepareServer, serviceUrl } from '#kernel/database/prepare-server.js';
import type { HubEvent } from '#kernel/events/event.js';
import { type EventReader, eventReader } from '#kernel/events/event-log.js';
import { eventLogTables } from '#kernel/events/event-tables.js';
import type { Clock } from '#kernel/runtime/clock.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { type RunningService, type ServiceDefinition, startService } from '#kernel/runtime/service.js';
import { createWakes } from '#kernel/runtime/wakes.js';
import { sharedPeopleColumn, spaceAccessTables, spaceSharingColumns } from '#kernel/spaces/space-access-tables.js';
import { idempotencyTable } from '#kernel/write/idempotency.js';
import { settledEvents } from '../hub/read-events.js';
import { createTestDatabase, type TestDatabase } from '../hub/test-database.js';

export const testSecret = 'a secret for kernel tests, 32 bytes';
const rolePrefix = 'weft_kernel_test';

/** The smallest service there is: what the kernel needs, and one table to change. */
export interface TestService extends RunningService {
  readonly reader: EventReader;
  context(viewer?: Viewer): RequestContext;
  /** Its events so far, in order. */
  events(): Promise<HubEvent[]>;
}

/** A service that a test may end before the file's other services. */
export interface StoppableService extends TestService {
  stopNow(): Promise<void>;
}

export interface TestServiceOptions {
  readonly name?: 'people' | 'ideas';
  readonly database: TestDatabase;
  readonly consumers?: readonly Consumer[];
  readonly typeDefs?: string;
  readonly now?: Clock;
  readonly eventRetentionDays?: number;
  readonly log?: Logger;
}

/** Starts it. Twice on one database is like two processes: they share nothing but the database. */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const { name = 'ideas', database } = options;
  const server = { adminUrl: database.url, secret: testSecret, rolePrefix };
  await prepareServer({ ...server, services: ['people', 'ideas'] });
  const service = await startService(definitionOf(name, options), {
    databaseUrl: serviceUrl(server, name),
    rolePrefix,
    secret: testSecret,
    poolSize: 20,
    eventRetentionDays: options.eventRetentionDays ?? 30,
    wakes: createWakes(),
    log: options.log ?? pino({ level: 'silent' }),
    ...(options.now ? { now: options.now } : {}),
  });
  const reader = eventReader(service.database, name);
  return {
    ...service,
    reader,
    context: (viewer = system) => service.createContext({ viewer, requestId: 'a-request' }),
    events: () => settledEvents(reader),
  };
}

function definitionOf(name: string, options: TestServiceOptions): ServiceDefinition {
  return {
    name,
    entities: [],
    migrations: (prefix) => [
      migration(
        '2026-01-01T00:00:00Z',
        'KernelTables',
        ...eventLogTables(name, prefix),
        ...originTables(prefix),
        ...consumerTables,
        ...spaceAccessTables,
        ...spaceSharingColumns,
        sharedPeopleColumn,
        idempotencyTable,
        'CREATE TABLE note (id text COLLATE "C" PRIMARY KEY, at timestamptz(3) NOT NULL DEFAULT now(), parent text, size integer)',
      ),
    ],
    buildSchema: async () => buildSchema(options.typeDefs ?? 'type Query { ok: Boolean }'),
    consumers: options.consumers ?? [],
    context: (base) => base,
  };
}

/** A database for a test file and the services started on it, ended together. */
export async function testServices() {
  const database = await createTestDatabase();
  const running = new Set<TestService>();
  return {
    database,
    async start(options: Omit<TestServiceOptions, 'database'> = {}): Promise<StoppableService> {
      const service = await startTestService({ ...options, database });
      running.add(service);
      const stopNow = async () => {
        running.delete(service);
        await service.stop();
      };
      return { ...service, stopNow };
    },
    async stop(): Promise<void> {
      await Promise.all([...running].map((service) => service.stop()));
      await database.drop();
    },
  };
}
