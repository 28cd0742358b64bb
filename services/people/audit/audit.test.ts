import { statement } from '#kernel/database/statement.js';
import { statementsOf } from '#test/hub/count-statements.js';
import { eventually } from '#test/hub/eventually.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { type ModeratedSpace, moderate, openModeratedSpace } from '#test/hub/moderate.js';
import { eventsOf } from '#test/hub/read-events.js';
import { contribute, endorse, registerPerson, submitIdea } from '#test/hub/seed.js';
import { openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { addressDays, entryDays, tendAudit } from './audit.repository.js';

let hub: TestHub;
let world: ModeratedSpace;

beforeAll(async () => {
  hub = await startTestHub();
  world = await openModeratedSpace(hub);
});

afterAll(() => hub.stop());

interface Entry {
  readonly action: string;
  readonly subject: string;
  readonly requestId: string | null;
  readonly address: string | null;
}
interface Log {
  readonly auditLog: { readonly totalCount: number; readonly nodes: readonly Entry[] };
}

const query = `query ($filter: AuditFilter) { auditLog(first: 100, filter: $filter) { totalCount nodes {
  action service at subject spaceId details requestId address actor { id } } } }`;
const read = async (filter: object = {}, as: TestClient = hub.admin) =>
  (await as.run<Log>(query, { filter })).auditLog.nodes;

/** The log is written by consumers: what was done is there after moments. */
const readSome = (filter: object, count = 1) =>
  eventually(
    () => read(filter),
    (nodes) => nodes.length >= count,
  );

const local = expect.stringMatching(/127\.0\.0\.1|::1/);

describe('the audit log', () => {
  test('tells who did what, when, and from where', async () => {
    const person = await registerPerson(hub, { name: 'Somebody new' });
    const { viewer } = await hub.admin.run<{ viewer: { person: { id: string } } }>('{ viewer { person { id } } }');
    const [entry] = await readSome({ subject: person.id });
    expect(entry).toEqual({
      action: 'people.person.registered',
      service: 'people',
      at: expect.stringMatching(/Z$/),
      subject: person.id,
      spaceId: null,
      details: { organization: null, party: 'internal' },
      requestId: expect.stringMatching(/^[\w-]{10,}$/),
      address: local,
      actor: { id: viewer.person.id },
    });
    expect(await read({ requestId: entry?.requestId ?? '' })).toEqual([entry]);
  });

  test('has what happened in the other services too', async () => {
    const { space, owner, author } = world;
    const idea = await submitIdea(author, space);
    const { id: message } = await postMessage(author, await openConversation(author, space), 'x');
    await moderate(owner, 'hideIdeaContent', { content: idea, reason: 'It names a customer.' });
    await moderate(owner, 'hideConversationContent', { content: message, reason: 'It names a customer.' });
    for (const [subject, action] of [
      [idea, 'ideas.idea.hidden'],
      [message, 'conversations.message.hidden'],
    ]) {
      const entry = { action, subject, spaceId: space, actor: { id: owner.id }, address: local };
      expect(await readSome({ subject })).toMatchObject([entry]);
    }
  });

  test('is no record of what people say and bring in', async () => {
    const { space, author } = world;
    const idea = await submitIdea(author, space);
    const contribution = await contribute(author, idea);
    await endorse(author, idea);
    const last = await registerPerson(hub, { name: 'Last' });
    await readSome({ subject: last.id });
    await hub.service('people').consumer('on-ideas-audited').catchUp(5_000);
    for (const subject of [idea, contribution]) expect(await read({ subject })).toEqual([]);
    const kept = await hub
      .service('ideas')
      .database.read(statement('SELECT 1 FROM event_origin WHERE event_id = ANY($1::text[])'), [
        (await eventsOf(hub, 'ideas')).filter(({ subject }) => subject === idea).map(({ id }) => id),
      ]);
    expect(kept).toEqual([]);
  });

  test('is narrowed by who, where, what and when', async () => {
    const { space, owner, facilitator } = world;
    const actions = ['people.space.memberAdded'];
    const added = await readSome({ actor: owner.id, space, actions }, 3);
    expect(added.every(({ action }) => action === actions[0])).toBe(true);
    expect(await read({ actor: facilitator.id, space, actions })).toEqual([]);
    const [since, before] = [new Date(Date.now() + 60_000), new Date(Date.now() - 3_600_000)];
    expect(await read({ space, since })).toEqual([]);
    expect(await read({ space, before })).toEqual([]);
  });

  test('tells of imports that changed something', async () => {
    const records = [{ kind: 'organization', ref: 'elm', name: 'Elm', relation: 'supplier' }];
    const importing = `mutation ($records: [HubRecord!]!) {
      importPeopleRecords(input: { source: "audited", records: $records }) { errors { code } } }`;
    for (let round = 0; round < 2; round += 1) await hub.admin.run(importing, { records });
    const { viewer } = await hub.admin.run<{ viewer: { person: { id: string } } }>('{ viewer { person { id } } }');
    const told = { subject: viewer.person.id, requestId: expect.any(String), address: local };
    const details = { source: 'audited', created: 1, updated: 0 };
    expect(await readSome({ actions: ['people.records.imported'] })).toEqual([
      expect.objectContaining({ ...told, details }),
    ]);
  });

  test('is for administrators', async () => {
    await readSome({ space: world.space });
    for (const other of [world.owner, world.outsider, hub.anonymous]) expect(await read({}, other)).toEqual([]);
  });

  test('takes the same number of statements whatever its size', async () => {
    await readSome({ space: world.space }, 4);
    const page = `query ($first: Int) { auditLog(first: $first) { totalCount nodes { action actor { name } } } }`;
    const count = async (first: number) => (await statementsOf(hub, () => hub.admin.run(page, { first }))).length;
    await count(1);
    expect(await count(10)).toBe(await count(4));
  });

  test('forgets addresses after a month and entries after a year', async () => {
    const { id } = await registerPerson(hub, { name: 'Long ago' });
    const [entry] = await readSome({ subject: id });
    expect(entry?.address).toEqual(local);
    const { database } = hub.service('people');
    const later = (days: number) => new Date(Date.now() + days * 86_400_000);
    await tendAudit(database, later(addressDays + 1));
    expect(await read({ subject: id })).toMatchObject([{ address: null, requestId: entry?.requestId }]);
    await tendAudit(database, later(entryDays + 1));
    expect(await read({ subject: id })).toEqual([]);
  });

  test('forgets the addresses of who is erased', async () => {
    const { reader } = world;
    await reader.run(
      'mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { errors { code } } }',
      {
        input: { name: 'mine' },
      },
    );
    await readSome({ actor: reader.id });
    const document =
      'mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { erasure { id } errors { code } } }';
    await hub.admin.run(document, { input: { person: reader.id } });
    expect(await read({ actor: reader.id })).toMatchObject([
      { action: 'people.accessToken.issued', address: null, actor: null },
    ]);
  });
});

describe('in four processes', () => {
  let apart: TestHub;

  beforeAll(async () => {
    apart = await startTestHub({ topology: 'four processes' });
  }, 120_000);
  afterAll(() => apart.stop());

  test('the address travels with the signed viewer', async () => {
    const person = await registerPerson(apart, { name: 'Somebody new' });
    const nodes = await eventually(
      async () => (await apart.admin.run<Log>(query, { filter: { subject: person.id } })).auditLog.nodes,
      (found) => found.length > 0,
    );
    expect(nodes).toMatchObject([{ address: local, requestId: expect.stringMatching(/^[\w-]{10,}$/) }]);
  });
});
