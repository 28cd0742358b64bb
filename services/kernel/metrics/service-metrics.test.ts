import { Client } from 'pg';
import { pino } from 'pino';
import { eventually } from '#test/hub/eventually.js';
import { type TestService, testServices } from '#test/service/test-service.js';
import type { Consumer } from '../consumers/consumer.js';
import { watchHeldBackEvents } from './held-back-events.js';
import { Metrics } from './metrics.js';
import { measureServices } from './service-metrics.js';

let services: Awaited<ReturnType<typeof testServices>>;

beforeEach(async () => {
  services = await testServices();
});

afterEach(() => services.stop());

async function happen(service: TestService, subject: string): Promise<void> {
  await service.context().write({ name: 'happen', input: {} }, async (tx) => {
    tx.append({ type: 'ideas.challenge.opened', subject, data: {} });
  });
}

/** A consumer that does nothing, or what the test wants it to. */
function consumer(handle: Consumer['handle'] = async () => undefined): Consumer {
  return { name: 'watched', source: 'ideas', types: ['ideas.challenge.opened'], handle };
}

function measured(service: TestService, watched: Consumer): () => Promise<string> {
  const metrics = new Metrics();
  measureServices(metrics, [{ name: 'ideas', database: service.database, consumers: [watched] }]);
  return () => metrics.text();
}

const figureIn = (text: string, name: string) => Number(new RegExp(`^${name}[{ ].* ?(\\S+)$`, 'm').exec(text)?.[1]);

/** A transaction of somebody else on the same server, open until it is ended; it has written, so it holds a number. */
async function openTransaction() {
  const client = new Client({ connectionString: services.database.url, application_name: 'a slow report' });
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT pg_current_xact_id()');
  return { end: () => client.end() };
}

test('the lag of a consumer is the age of the oldest event it has not handled', async () => {
  let release: (() => void) | undefined;
  const blocked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const watched = consumer(() => blocked);
  const service = await services.start({ consumers: [watched] });
  const text = measured(service, watched);
  expect(figureIn(await text(), 'weft_consumer_lag_seconds')).toBe(0);
  await happen(service, 'slow');
  await eventually(text, (seen) => figureIn(seen, 'weft_consumer_lag_seconds') > 0.2);
  release?.();
  await eventually(text, (seen) => figureIn(seen, 'weft_consumer_lag_seconds') === 0);
});

test('an event that was set aside is counted until it is handled', async () => {
  let broken = true;
  const watched = consumer(async () => {
    if (broken) throw new Error('cannot read this');
  });
  const service = await services.start({ consumers: [watched] });
  const text = measured(service, watched);
  await happen(service, 'poison');
  await eventually(text, (seen) => seen.includes('state="waiting"} 1'));
  broken = false;
  await eventually(text, (seen) => seen.includes('state="waiting"} 0'));
});

test('a database that does not answer costs the scrape its figures only', async () => {
  const watched = consumer();
  const service = await services.start();
  const text = measured(service, watched);
  await service.stopNow();
  const seen = await text();
  expect(figureIn(seen, 'weft_database_up')).toBe(0);
  expect(seen).toContain('weft_sql_statements_total');
});

test('events behind an old transaction are seen, and after five seconds the log says who holds them back', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const service = await services.start();
  const text = measured(service, consumer());
  const watch = watchHeldBackEvents(service.database, log);
  const transaction = await openTransaction();
  await happen(service, 'held back');
  await eventually(text, (seen) => figureIn(seen, 'weft_event_horizon_age_seconds') > 0.2);
  await eventually(
    () => lines,
    (said) => said.some((line) => line.includes('held back by an old transaction')),
    10_000,
  );
  expect(lines[0]).toContain('a slow report');
  await transaction.end();
  await eventually(
    () => lines,
    (said) => said.some((line) => line.includes('no longer held back')),
  );
  expect(figureIn(await text(), 'weft_event_horizon_age_seconds')).toBe(0);
  watch.stop();
}, 30_000);
