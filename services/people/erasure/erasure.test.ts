import { system } from '#kernel/auth/viewer.js';
import type { Consumer } from '#kernel/consumers/consumer.js';
import { statement } from '#kernel/database/statement.js';
import { statementsOf } from '#test/hub/count-statements.js';
import { eventually } from '#test/hub/eventually.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { eventAt, eventsOf } from '#test/hub/read-events.js';
import {
  addMember,
  contribute,
  endorse,
  openSpace,
  registerPerson,
  submitIdea,
  type TestPerson,
} from '#test/hub/seed.js';
import { change, openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { loadDefinition, type ServiceName } from '../../service-definitions.js';
import { personalTraces } from './personal-traces.js';

let hub: TestHub;
let mira: TestPerson;
let space: string;
let number = 0;

beforeAll(async () => {
  hub = await startTestHub();
  mira = await registerPerson(hub, { name: 'Mira' });
  space = await openSpace(hub, mira);
});

afterAll(() => hub.stop());

interface Payload {
  readonly erasure: { id: string; personId: string; pending: string[]; receipts: { service: string }[] } | null;
  readonly cursor: string | null;
  readonly errors: { code: string; path: string[] }[];
}

const mutation = `mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { cursor errors { code path }
  erasure { id personId askedAt completedAt pending receipts { service completedAt } } } }`;
const erase = async (person: string, as: TestClient = hub.admin) =>
  (await as.run<{ erasePerson: Payload }>(mutation, { input: { person } })).erasePerson;

/** Erases and waits until every service has. */
async function eraseAll(person: string): Promise<string> {
  const { erasure } = await erase(person);
  const id = erasure?.id ?? '';
  await eventually(
    () => stateOf(id),
    (state) => state.pending.length === 0,
  );
  return id;
}

const stateOf = async (id: string) => {
  const query = 'query ($id: ID!) { erasure(id: $id) { pending completedAt receipts { service } } }';
  type State = { pending: string[]; completedAt: string | null; receipts: { service: string }[] };
  return (await hub.admin.run<{ erasure: State }>(query, { id })).erasure;
};

/** Somebody whose name and handle are nowhere else in this hub. */
const somebody = () => {
  number += 1;
  return registerPerson(hub, { name: `Unmistakable ${number}`, handle: `Olga.${number}` });
};

describe('erasePerson', () => {
  test('takes a person out of people at once, and out of the other services soon', async () => {
    const olga = await somebody();
    const { erasure, cursor, errors } = await erase(olga.id);
    expect(errors).toEqual([]);
    expect(erasure).toMatchObject({
      personId: olga.id,
      receipts: expect.arrayContaining([{ service: 'PEOPLE', completedAt: expect.any(String) }]),
    });
    const event = await eventAt(hub, 'people', cursor);
    expect(event).toMatchObject({ type: 'people.person.erased', subject: olga.id, data: { erasure: erasure?.id } });
    expect(JSON.stringify(event)).not.toContain('Olga');
    const done = await eventually(
      () => stateOf(erasure?.id ?? ''),
      (state) => state.pending.length === 0,
    );
    expect(done.completedAt).not.toBeNull();
    expect(done.receipts.map(({ service }) => service).sort()).toEqual(['CONVERSATIONS', 'IDEAS', 'PEOPLE']);
  });

  test('leaves nothing that confirms the id', async () => {
    const olga = await somebody();
    await eraseAll(olga.id);
    const query = `query ($id: ID!, $handle: String!) { node(id: $id) { id } nodes(ids: [$id]) { id } person(id: $id) { id }
      personByHandle(handle: $handle) { id } people(filter: { nameContains: "${olga.name}" }) { totalCount } }`;
    const nothing = { node: null, nodes: [null], person: null, personByHandle: null, people: { totalCount: 0 } };
    expect(await hub.admin.run(query, { id: olga.id, handle: `Olga.${number}` })).toEqual(nothing);
  });

  test('leaves what the person wrote, without them', async () => {
    const olga = await somebody();
    const idea = await submitIdea(olga, space, { title: 'Lend parts', authors: [olga.id, mira.id] });
    const contribution = await contribute(olga, idea, { body: 'By boat' });
    await endorse(olga, idea);
    const conversation = await openConversation(olga, space, { title: 'Depots' });
    const { id: message } = await postMessage(olga, conversation, 'Good morning', { mentions: [olga.id] });
    await change(olga, 'react', { message, emoji: '👋' });
    await eraseAll(olga.id);
    const query = `query ($idea: ID!, $contribution: ID!, $message: ID!, $conversation: ID!) {
      idea(id: $idea) { title authors { name } endorsements { totalCount nodes { person { name } } } revisions { nodes { editor { name } } } }
      contribution(id: $contribution) { body author { name } }
      conversation(id: $conversation) { title opener { name } }
      message(id: $message) { body author { name } mentions { name } reactions { nodes { emoji person { name } } } } }`;
    expect(await mira.run(query, { idea, contribution, conversation, message })).toEqual({
      idea: {
        title: 'Lend parts',
        authors: [null, { name: 'Mira' }],
        endorsements: { totalCount: 1, nodes: [{ person: null }] },
        revisions: { nodes: [{ editor: null }] },
      },
      contribution: { body: 'By boat', author: null },
      conversation: { title: 'Depots', opener: null },
      message: {
        body: 'Good morning',
        author: null,
        mentions: [null],
        reactions: { nodes: [{ emoji: '👋', person: null }] },
      },
    });
    const byId = `query ($id: ID!) { ideas(filter: { author: $id }) { totalCount } messages(filter: { author: $id }) { totalCount } }`;
    expect(await hub.admin.run(byId, { id: olga.id })).toEqual({
      ideas: { totalCount: 0 },
      messages: { totalCount: 0 },
    });
  });

  test('takes the handle out of what others wrote, and out of search, and no other handle', async () => {
    const olga = await somebody();
    const handle = `olga.${number}`;
    const idea = await submitIdea(mira, space, { title: `Ask @${handle}.`, body: `@${handle}, and @${handle}x too` });
    const contribution = await contribute(mira, idea, { body: `(@OLGA.${number}) knows` });
    const conversation = await openConversation(mira, space, { title: `For @${handle}` });
    const { id: message } = await postMessage(mira, conversation, `Thanks @${handle}! Mail me: a@b.example`);
    await eraseAll(olga.id);
    const query = `query ($idea: ID!, $contribution: ID!, $message: ID!, $conversation: ID!) {
      idea(id: $idea) { title body revisions { nodes { title } } } contribution(id: $contribution) { body }
      conversation(id: $conversation) { title } message(id: $message) { body }
      searchMessages(query: "\\"${handle}\\"") { totalCount } }`;
    expect(await mira.run(query, { idea, contribution, conversation, message })).toEqual({
      idea: {
        title: 'Ask @erased-person.',
        body: `@erased-person, and @${handle}x too`,
        revisions: { nodes: [{ title: 'Ask @erased-person.' }] },
      },
      contribution: { body: '(@erased-person) knows' },
      conversation: { title: 'For @erased-person' },
      message: { body: 'Thanks @erased-person! Mail me: a@b.example' },
      searchMessages: { totalCount: 0 },
    });
  });

  test('ends memberships and tokens, and says so', async () => {
    const olga = await somebody();
    await addMember(hub, mira, space, olga.id);
    await eraseAll(olga.id);
    const told = (await eventsOf(hub, 'people')).filter(({ data }) => JSON.stringify(data).includes(olga.id));
    expect(told.map(({ type }) => type)).toEqual([
      'people.accessToken.issued',
      'people.space.memberAdded',
      'people.space.memberRemoved',
      'people.accessToken.revoked',
    ]);
    await eventually(
      () => olga.codeOf('{ viewer { person { name } } }'),
      (code) => code === 'UNAUTHENTICATED',
    );
    for (const service of ['ideas', 'conversations'] as const) {
      await hub.service(service).consumer('on-space-changed').catchUp(5_000);
      const member = statement('SELECT 1 FROM space_member WHERE person_id = $1');
      expect(await hub.service(service).database.read(member, [olga.id])).toEqual([]);
    }
  });

  test('leaves the id nowhere but in the logs of events, the audit log and the record of the erasure', async () => {
    const olga = await somebody();
    await addMember(hub, mira, space, olga.id);
    const idea = await submitIdea(olga, space, { idempotencyKey: 'once' });
    await contribute(mira, idea);
    await postMessage(olga, await openConversation(olga, space), 'x', { mentions: [olga.id] });
    await olga.run(
      `mutation ($input: DeclarePerspectivesInput!) { declarePerspectives(input: $input) { errors { message } } }`,
      { input: { perspectives: [{ dimension: 'role', value: 'Welder' }] } },
    );
    await eraseAll(olga.id);
    for (const service of ['people', 'ideas', 'conversations'] as const) {
      await hub
        .service(service)
        .consumer(service === 'people' ? 'on-message-addressed' : 'on-space-changed')
        .catchUp(5_000);
      expect([service, await tablesNaming(service, olga.id)]).toEqual([
        service,
        service === 'people' ? ['audit_entry', 'erasure'] : [],
      ]);
    }
  });

  test('is not undone by what consumers handle late: events still name who is gone', async () => {
    const olga = await somebody();
    await addMember(hub, mira, space, olga.id);
    const idea = await submitIdea(mira, space);
    const contribution = await contribute(olga, idea);
    await endorse(olga, await submitIdea(mira, space));
    await contribute(mira, idea, { replyTo: contribution });
    const conversation = await openConversation(mira, space);
    await postMessage(mira, conversation, 'x', { mentions: [olga.id] });
    await postMessage(olga, conversation, 'x');
    await eraseAll(olga.id);
    for (const consumer of (await loadDefinition('people')).consumers) await handleAgain(consumer);
    expect(await tablesNaming('people', olga.id)).toEqual(['audit_entry', 'erasure']);
  });

  /** As one that fell behind, or was given events once more, would. */
  async function handleAgain({ source, types, inTurn, handle }: Consumer): Promise<void> {
    const events = (await eventsOf(hub, source as ServiceName)).filter(({ type }) => types.includes(type));
    const { now, newId, write } = hub.service('people').createContext({ viewer: system, requestId: 'again' });
    const operation = { name: 'again', input: {}, ...(inTurn === undefined ? {} : { inTurn }) };
    await write(operation, (tx) => handle(events, tx, { now, newId, secret: 'a secret of tests' }));
  }

  /** All tables of a service, but for its log of events, in which some row contains the text. */
  async function tablesNaming(service: 'people' | 'ideas' | 'conversations', text: string): Promise<string[]> {
    const { database } = hub.service(service);
    const all = statement(`
      SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r' AND NOT c.relispartition ORDER BY relname`);
    const tables = await database.read<{ name: string }>(all, [service]);
    expect(tables.length).toBeGreaterThan(5);
    const found: string[] = [];
    for (const { name } of tables) {
      const naming = statement(`SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`);
      if ((await database.read(naming, [text])).length > 0) found.push(name);
    }
    return found;
  }

  test('can be asked for by the person alone, and by nobody else but administrators', async () => {
    const olga = await somebody();
    expect(await mira.codeOf(mutation, { input: { person: olga.id } })).toBe('FORBIDDEN');
    expect(await hub.anonymous.codeOf(mutation, { input: { person: olga.id } })).toBe('UNAUTHENTICATED');
    expect(await erase(olga.id, olga)).toMatchObject({ errors: [], erasure: { personId: olga.id } });
  });

  test('a second time finds nobody', async () => {
    const olga = await somebody();
    await erase(olga.id);
    expect(await erase(olga.id)).toMatchObject({
      erasure: null,
      cursor: null,
      errors: [{ code: 'NOT_FOUND', path: ['input', 'person'] }],
    });
  });

  test('leaves the hub an administrator', async () => {
    const { viewer } = await hub.admin.run<{ viewer: { person: { id: string } } }>('{ viewer { person { id } } }');
    expect(await erase(viewer.person.id)).toMatchObject({ erasure: null, errors: [{ code: 'CLOSED' }] });
  });
});

describe('erasures', () => {
  test('are for administrators', async () => {
    const olga = await somebody();
    const id = await eraseAll(olga.id);
    const query = 'query ($id: ID!) { erasure(id: $id) { id } erasures { totalCount nodes { id } } }';
    for (const other of [mira, hub.anonymous])
      expect(await other.run(query, { id })).toEqual({ erasure: null, erasures: { totalCount: 0, nodes: [] } });
    expect(await hub.admin.run(query, { id })).toMatchObject({ erasure: { id } });
    const pending = '{ erasures(pendingOnly: true) { totalCount } }';
    await eventually(
      () => hub.admin.run<{ erasures: { totalCount: number } }>(pending),
      ({ erasures }) => erasures.totalCount === 0,
    );
  });

  test('take the same number of statements whatever their number', async () => {
    for (let left = 0; left < 4; left += 1) await eraseAll((await somebody()).id);
    const query = `query ($first: Int) { erasures(first: $first) { totalCount nodes { pending completedAt receipts { service } } } }`;
    const read = (first: number) => statementsOf(hub, () => hub.admin.run(query, { first }));
    await read(1);
    expect(await read(4)).toHaveLength((await read(2)).length);
  });
});

test('every column that refers to a person is thought of', async () => {
  const references = statement(`
    SELECT c.conrelid::regclass::text AS table, a.attname::text AS column FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass ORDER BY 1, 2`);
  const rows = await hub.service('people').database.read<{ table: string; column: string }>(references, []);
  const known = new Set(personalTraces.map(({ table, column }) => `${table}.${column}`));
  const missing = rows
    .map(({ table, column }) => `${table.replace(/^people\./, '')}.${column}`)
    .filter((name) => !known.has(name));
  expect(missing).toEqual([]);
});
