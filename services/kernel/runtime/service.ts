import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { forgetOldOrigins } from '../audit/origin.js';
import type { Consumer } from '../consumers/consumer.js';
import { type RunningConsumer, runConsumer } from '../consumers/run-consumer.js';
import { type Database, openDatabase } from '../database/database.js';
import { migrate } from '../database/migrate.js';
import { eventCursors } from '../events/event-cursor.js';
import { EpochWatch, ensureEpoch } from '../events/event-epoch.js';
import { type EventReader, eventReader } from '../events/event-log.js';
import { tendPartitions } from '../events/event-partitions.js';
import { type LogWatch, type RunningLogWatch, startLogWatch } from '../events/log-watch.js';
import { type MintId, mintId } from '../ids/id.js';
import { EventContexts } from '../streams/event-contexts.js';
import { usualHeartbeatMs } from '../streams/follow-log.js';
import { startLogTail } from '../streams/log-tail.js';
import { forgetOldKeys } from '../write/idempotency.js';
import { type Clock, systemClock } from './clock.js';
import { type RequestContext, requestContext, type ServiceParts, type SubgraphCall } from './request-context.js';
import { every } from './schedule.js';
import type { Wakes } from './wakes.js';

/** What makes a service: its tables, its part of the graph, and what it does when things happen. */
export interface ServiceDefinition<Context extends RequestContext = RequestContext> {
  readonly name: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  migrations(rolePrefix: string): readonly (new () => object)[];
  buildSchema(): Promise<GraphQLSchema>;
  readonly consumers: readonly Consumer[];
  /** Adds what this service's resolvers need to the context of one request. */
  context(base: RequestContext, service: ServiceInside): Context;
  /** Runs once after the migrations, before the first request. */
  prepare?(service: ServiceInside): Promise<void>;
  /** What is done again and again, by each process that runs the service: safe to do twice at once. */
  readonly chores?: readonly Chore[];
}

export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  work(parts: ServiceParts): Promise<void>;
}

export interface ServiceInside {
  readonly parts: ServiceParts;
  consumer(name: string): RunningConsumer;
}

export interface ServiceOptions {
  /** Connection of the service's own login role. */
  readonly databaseUrl: string;
  readonly rolePrefix: string;
  readonly secret: string;
  readonly poolSize: number;
  readonly eventRetentionDays: number;
  readonly wakes: Wakes;
  readonly log: Logger;
  /** How long a stream may go without telling how far it has come. */
  readonly heartbeatMs?: number;
  readonly now?: Clock;
  readonly newId?: MintId;
}

export interface RunningService {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly database: Database;
  /** With a signal, the context of a subscription that this signal ends. */
  createContext(call: SubgraphCall, signal?: AbortSignal): RequestContext;
  consumer(name: string): RunningConsumer;
  stop(): Promise<void>;
}

const upkeepMs = 6 * 3600 * 1000;

export async function startService(definition: ServiceDefinition, options: ServiceOptions): Promise<RunningService> {
  const { name } = definition;
  const log = options.log.child({ service: name });
  const epoch = new EpochWatch();
  const database = await openDatabase({
    url: options.databaseUrl,
    schema: name,
    entities: definition.entities,
    migrations: definition.migrations(options.rolePrefix),
    poolSize: options.poolSize,
    applicationName: `weft-${name}`,
    connected: epoch.check,
  });
  const running: Stoppable[] = [{ stop: () => database.close() }];
  const stop = async () => {
    for (const part of running.splice(0).reverse()) await part.stop();
  };
  try {
    await migrate(database, options.databaseUrl);
    const life = await ensureEpoch(database);
    await tend(database, options);
    const reader = eventReader(database, name);
    const tail = await startLogTail({ reader, wake: options.wakes.of(name), log });
    running.push(tail);
    const eventContexts = new EventContexts();
    const committed = () => {
      eventContexts.forget();
      options.wakes.of(name).notify();
    };
    const parts = await partsOf({ database, reader, tail, log, committed }, options);
    epoch.begin(life, () => {
      log.warn('the database lives another life than before, restored or promoted: a new epoch of events begins');
      parts.cursors.forget();
      tail.beginLife();
    });
    const schema = await definition.buildSchema();
    const watches = startWatches(definition, parts, options);
    running.push(...watches.values());
    const consumers = startConsumers(definition, parts, (source) => watches.get(source) ?? tail);
    running.push(...consumers);
    const inside: ServiceInside = { parts, consumer: (wanted) => find(consumers, wanted) };
    await definition.prepare?.(inside);
    running.push(keepUp(database, options, log), ...startChores(definition, parts));
    const { heartbeatMs = usualHeartbeatMs } = options;
    const createContext: RunningService['createContext'] = (call, signal) => {
      const renew = (eventId: string) => eventContexts.of(eventId, call.viewer, () => createContext(call));
      const stream = signal && { tail, reader, heartbeatMs, signal, renew };
      return definition.context(requestContext(parts, call, stream), inside);
    };
    return { name, schema, database, createContext, consumer: inside.consumer, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Stoppable {
  stop(): Promise<void> | void;
}

async function partsOf(
  { reader, ...made }: Pick<ServiceParts, 'database' | 'tail' | 'log' | 'committed'> & { reader: EventReader },
  options: ServiceOptions,
): Promise<ServiceParts> {
  const cursors = eventCursors(options.secret, reader);
  await cursors.cursorOf(made.tail.position()); // learns the name of the epoch: from now on a cursor costs no statement
  return {
    ...made,
    secret: options.secret,
    cursors,
    now: options.now ?? systemClock,
    newId: options.newId ?? mintId,
  };
}

function keepUp(database: Database, options: ServiceOptions, log: Logger): Stoppable {
  return every(
    upkeepMs,
    () => tend(database, options),
    (error) => log.error({ err: error }, 'upkeep of the event log failed'),
  );
}

function startChores({ chores = [] }: ServiceDefinition, parts: ServiceParts): Stoppable[] {
  return chores.map(({ name, everyMs, work }) =>
    every(
      everyMs,
      () => work(parts),
      (error) => parts.log.error({ err: error, chore: name }, 'a chore failed; it is tried again next time'),
    ),
  );
}

/** One watch for each other log that consumers of this service follow; its own is watched by the tail. */
function startWatches(
  { name, consumers }: ServiceDefinition,
  { database }: ServiceParts,
  { wakes }: ServiceOptions,
): Map<string, RunningLogWatch> {
  const sources = new Set(consumers.map(({ source }) => source).filter((source) => source !== name));
  return new Map(
    [...sources].map((source) => [source, startLogWatch(eventReader(database, source), wakes.of(source))]),
  );
}

function startConsumers(
  { consumers }: ServiceDefinition,
  parts: ServiceParts,
  watchOf: (source: string) => LogWatch,
): RunningConsumer[] {
  return consumers.map((consumer) =>
    runConsumer({
      ...parts,
      consumer,
      reader: eventReader(parts.database, consumer.source),
      watch: watchOf(consumer.source),
    }),
  );
}

function find(consumers: readonly RunningConsumer[], name: string): RunningConsumer {
  const found = consumers.find((consumer) => consumer.name === name);
  if (!found) throw new Error(`There is no consumer "${name}".`);
  return found;
}

async function tend(database: Database, { eventRetentionDays, now = systemClock }: ServiceOptions): Promise<void> {
  await tendPartitions(database, now(), eventRetentionDays);
  await database.read(forgetOldKeys, [now()]);
  await database.read(forgetOldOrigins, [now()]);
}
