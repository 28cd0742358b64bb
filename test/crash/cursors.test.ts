import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLField, isRequiredArgument } from 'graphql';
import { Client } from 'pg';
import { seal } from '#kernel/auth/sealed-text.js';
import { eventually } from '../hub/eventually.js';
import { graphqlClient } from '../hub/graphql-client.js';
import { type OwnHub, startOwnHub } from '../hub/own-hub.js';
import { registerPerson, type TestPerson } from '../hub/seed.js';
import { openConversation } from '../hub/talk.js';
import { dropAll, rawStream } from '../wire/raw-stream.js';
import { tellJudgement } from './judgement.js';
import { prepareScene } from './scene.js';

const services = ['people', 'ideas', 'conversations'] as const;
const sdl = readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8');
const streams = Object.values(buildSchema(sdl).getSubscriptionType()?.getFields() ?? {});

let hub: OwnHub;
let mira: TestPerson;
/** What streams that need to be told something are told. */
let needed: Readonly<Record<string, string>>;

beforeAll(async () => {
  hub = await startOwnHub({ postgres: 'shared' });
  const admin = await hub.admin();
  mira = await registerPerson({ admin, client: (token) => graphqlClient(hub.url, token) }, { name: 'Mira' });
  const { space, idea } = await prepareScene(admin, mira);
  needed = {
    space,
    idea: idea.id,
    conversation: await eventually(
      () => talkIn(space),
      (id) => id !== '',
    ),
  };
}, 90_000);

afterAll(async () => {
  await dropAll();
  await hub?.remove();
});

test('a cursor that cannot be honoured is answered, on every stream there is', async () => {
  const labels = await sql<{ service: string; label: string }>(
    services.map((name) => `SELECT '${name}' AS service, label FROM ${name}.event_epoch`).join(' UNION ALL '),
  );
  const wrong = [
    'nonsense',
    ...services.map((service) => forged(service, 'otherone.7.1')), // of another life of the database
    ...labels.map(({ service, label }) => forged(service, `${label}.9999999999.1`)), // from the future
  ];
  const present = await Promise.all(streams.map(async (field) => ({ field, cursor: await presentOf(field) })));
  const answers: string[] = [];
  for (const { field, cursor } of present)
    for (const after of [...wrong, `${cursor.slice(0, -3)}AAA`])
      answers.push(`${field.name}: ${await answerTo(field, after)}`);
  expect(answers.filter((answer) => !answer.endsWith(': CURSOR_INVALID'))).toEqual([]);

  await hub.process().stop();
  for (const service of services)
    await sql(
      `UPDATE ${service}.event_horizon SET epoch = (SELECT max(number) FROM ${service}.event_epoch), xid = '9999999999'`,
    );
  await hub.start();
  const old = await Promise.all(
    present.map(async ({ field, cursor }) => `${field.name}: ${await answerTo(field, cursor)}`),
  );
  expect(old.filter((answer) => !answer.endsWith(': CURSOR_EXPIRED'))).toEqual([]);
  const count = answers.length + old.length;
  tellJudgement(
    'cursors that cannot be honoured',
    { sent: count, acknowledged: count, missing: 0, duplicated: 0 },
    `acknowledged: refused by a code, missing: answered by silence; ${streams.length} streams`,
  );
}, 120_000);

async function talkIn(space: string): Promise<string> {
  return openConversation(mira, space).catch(() => ''); // until the space is known to conversations
}

/** As only the hub could seal it: the seal alone must not be enough. */
function forged(service: string, text: string): string {
  return seal(hub.environment.HUB_SECRET ?? '', `event-cursor:${service}`).close(text);
}

async function presentOf(field: GraphQLField<unknown, unknown>): Promise<string> {
  const stream = await open(field);
  const cursor = await stream.heartbeat();
  stream.drop();
  return cursor;
}

/** The code of the answer, or "silence". */
async function answerTo(field: GraphQLField<unknown, unknown>, after: string): Promise<string> {
  const stream = await open(field, after);
  try {
    const [first] = await eventually(
      () => (stream.text().includes('\nid:') || stream.text().startsWith('id:') ? [undefined] : stream.events()),
      (events) => events.length > 0,
    );
    const { errors } = (first?.data ?? {}) as { errors?: { extensions: { code: string } }[] };
    return errors?.[0]?.extensions.code ?? 'silence';
  } finally {
    stream.drop();
  }
}

function open(field: GraphQLField<unknown, unknown>, after?: string) {
  const given = field.args.filter(isRequiredArgument).map(({ name }) => `${name}: ${JSON.stringify(needed[name])}`);
  const query = `subscription ($after: Cursor) { ${field.name}(${['after: $after', ...given].join(', ')}) { __typename } }`;
  return rawStream(hub.url, { token: mira.token, query, variables: { after } });
}

async function sql<Row extends object>(text: string): Promise<Row[]> {
  const client = new Client({ connectionString: hub.databaseUrl });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}
