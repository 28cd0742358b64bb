import { Counter, Gauge } from 'prom-client';
import type { Consumer } from '../consumers/consumer.js';
import type { Database } from '../database/database.js';
import { lookAtConsumers } from './consumer-state.js';
import { heldBackSeconds } from './held-back-events.js';
import type { Metrics } from './metrics.js';

export interface MeasuredService {
  readonly name: string;
  readonly database: Database;
  readonly consumers: readonly Pick<Consumer, 'name' | 'source'>[];
}

/** A scraper waits about ten seconds; a database that is frozen must not keep the other figures from it. */
const patienceMs = 2_000;

/** What the services of this process do to their databases, and how far their consumers have come; looked at once per scrape. */
export function measureServices(metrics: Metrics, services: readonly MeasuredService[]): void {
  const gauges = createGauges(metrics);
  const statements = new Counter({
    name: 'weft_sql_statements_total',
    help: 'Statements sent to PostgreSQL',
    labelNames: ['service'],
    registers: [metrics.registry],
  });
  metrics.beforeScrape(() => {
    statements.reset();
    for (const { name: service, database } of services) statements.inc({ service }, database.statements.total);
  });
  for (const service of services) metrics.beforeScrape(() => look(service, gauges));
}

type Gauges = ReturnType<typeof createGauges>;

function createGauges({ registry }: Metrics) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  return {
    up: gauge('weft_database_up', '1 when the database of the service answered this scrape within 2 s', ['service']),
    connections: gauge('weft_database_connections', 'Connections of the pool', ['service', 'state']),
    lag: gauge(
      'weft_consumer_lag_seconds',
      'Age of the oldest event a consumer has not handled; 0 when there is none',
      ['service', 'consumer', 'source'],
    ),
    letters: gauge('weft_dead_letters', 'Events set aside: waiting for another attempt, or given up', [
      'service',
      'consumer',
      'state',
    ]),
    heldBack: gauge(
      'weft_event_horizon_age_seconds',
      'Age of the oldest event that nobody can read yet, because an older transaction is still open',
      ['service'],
    ),
  };
}

async function look(service: MeasuredService, gauges: Gauges): Promise<void> {
  const { name, database } = service;
  for (const [state, count] of Object.entries(database.connections()))
    gauges.connections.set({ service: name, state }, count);
  const seen = await withPatience(Promise.all([lookAtConsumers(service), heldBackSeconds(database)]));
  gauges.up.set({ service: name }, seen ? 1 : 0);
  if (!seen) return;
  const [consumers, heldBack] = seen;
  gauges.heldBack.set({ service: name }, heldBack);
  for (const { name: consumer, source, lagSeconds, waiting, givenUp } of consumers) {
    gauges.lag.set({ service: name, consumer, source }, lagSeconds);
    gauges.letters.set({ service: name, consumer, state: 'waiting' }, waiting);
    gauges.letters.set({ service: name, consumer, state: 'given_up' }, givenUp);
  }
}

/** Undefined when it fails or takes too long: a scrape tells what it knows, it does not fail. */
async function withPatience<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined);
  });
  const answer = await Promise.race([asked.catch(() => undefined), tooLong]);
  clearTimeout(timer);
  return answer;
}
