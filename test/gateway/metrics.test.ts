import { request } from 'undici';
import { eventually } from '../hub/eventually.js';
import { contribute, type Story, seed, submitIdea } from '../hub/seed.js';
import { startTestHub, type TestHub } from '../hub/test-hub.js';
import { rawStream } from '../wire/raw-stream.js';

let hub: TestHub;
let story: Story;

beforeAll(async () => {
  hub = await startTestHub();
  story = await seed(hub);
});

afterAll(() => hub.stop());

async function scrape(of: TestHub = hub, headers: Record<string, string> = {}) {
  const { statusCode, body } = await request(`${of.url}/metrics`, { headers });
  return { status: statusCode, text: await body.text() };
}

/** The figure with this name and these labels; 0 when it was never counted. */
async function figure(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const { text } = await scrape();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const found = lines.filter((line) => wanted.every((part) => line.includes(part)));
  return found.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}

const query = '{ spaces(first: 1) { nodes { name ideas(first: 0) { totalCount } } } }';

test('an operation is counted and timed, with its fetches and its statements', async () => {
  const look = async () => ({
    operations: await figure('weft_operation_seconds_count', { kind: 'query', outcome: 'ok' }),
    answers: await figure('weft_http_request_seconds_count', { server: 'gateway', status: '200' }),
    ofPeople: await figure('weft_subgraph_fetch_seconds_count', { subgraph: 'people' }),
    ofIdeas: await figure('weft_subgraph_fetch_seconds_count', { subgraph: 'ideas' }),
    statements: await figure('weft_sql_statements_total', { service: 'ideas' }),
  });
  const before = await look();
  await story.mira.run(query);
  const after = await look();
  expect(after.operations - before.operations).toBe(1);
  expect(after.ofIdeas - before.ofIdeas).toBe(1);
  expect(after.ofPeople - before.ofPeople).toBeGreaterThanOrEqual(1);
  expect(after.answers).toBeGreaterThan(before.answers);
  expect(after.statements).toBeGreaterThan(before.statements);
});

test('what is refused before it runs is an answer and no operation', async () => {
  const operations = await figure('weft_operation_seconds_count');
  const { errors } = await story.mira.send('{ nonsense }');
  expect(errors).toHaveLength(1);
  expect(await figure('weft_operation_seconds_count')).toBe(operations);
});

test('a live subscription, its frames and its end are counted', async () => {
  const idea = await submitIdea(story.mira, story.space);
  const before = {
    frames: await figure('weft_frames_sent_total'),
    ended: await figure('weft_subscriptions_ended_total'),
  };
  const stream = await rawStream(hub.url, {
    token: story.mira.token,
    query: 'subscription { contributionAdded { cursor } }',
  });
  await eventually(
    () => figure('weft_subscriptions'),
    (live) => live === 1,
  );
  expect(await figure('weft_upstreams')).toBe(1);
  await contribute(story.jon, idea);
  await eventually(
    () => figure('weft_frames_sent_total'),
    (frames) => frames === before.frames + 1,
  );
  stream.drop();
  await eventually(
    () => figure('weft_subscriptions'),
    (live) => live === 0,
  );
  expect(await figure('weft_subscriptions_ended_total', { reason: 'client' })).toBe(before.ended + 1);
});

test('consumers, dead letters and the horizon of the logs can be watched', async () => {
  await eventually(
    () => figure('weft_consumer_lag_seconds', { service: 'ideas', consumer: 'on-space-changed', source: 'people' }),
    (lag) => lag === 0,
  );
  const { text } = await scrape();
  expect(text).toContain('weft_dead_letters{service="ideas",consumer="on-space-changed",state="given_up"} 0');
  expect(text).toContain('weft_event_horizon_age_seconds{service="people"}');
  expect(text).toContain('weft_database_up{service="conversations"} 1');
});

describe('who may read the metrics', () => {
  test('without a token: whoever is on the same machine, and nobody through a proxy', async () => {
    expect((await scrape()).status).toBe(200);
    const through = await scrape(hub, { 'x-forwarded-for': '203.0.113.7' });
    expect(through).toEqual({ status: 403, text: expect.stringContaining('METRICS_TOKEN') });
  });

  test('with a token: whoever sends it, from wherever', async () => {
    const closed = await startTestHub({ environment: { METRICS_TOKEN: 'a token for the scraper' } });
    try {
      expect((await scrape(closed)).status).toBe(401);
      expect((await scrape(closed, { authorization: 'Bearer another token here' })).status).toBe(401);
      const headers = { authorization: 'Bearer a token for the scraper', 'x-forwarded-for': '203.0.113.7' };
      expect((await scrape(closed, headers)).status).toBe(200);
    } finally {
      await closed.stop();
    }
  });
});
