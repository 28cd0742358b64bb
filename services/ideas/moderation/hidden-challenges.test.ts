import type { TestClient } from '#test/hub/graphql-client.js';
import { moderate } from '#test/hub/moderate.js';
import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { eventAt } from '#test/hub/read-events.js';
import { contribute, openChallenge, submitIdea } from '#test/hub/seed.js';
import { appeal, hide, hub, queueOf, report, world } from './moderated-ideas.fixture.js';

let challenge: string;
let answer: string;

beforeEach(async () => {
  challenge = await openChallenge(world.author, world.space, { title: 'Unmistakable question' });
  answer = await submitIdea(world.reader, world.space, { challenge });
});

const restore = (as: TestClient = world.owner) =>
  moderate(as, 'restoreIdeaContent', { content: challenge, note: 'A mistake.' });

describe('a reported challenge', () => {
  test('waits for the moderators of its space, and for nobody else', async () => {
    const { cursor } = await report(challenge);
    expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({
      type: 'ideas.case.reported',
      data: { content: challenge, reason: 'confidential' },
    });
    expect(await report(challenge)).toMatchObject({ cursor: null, errors: [] });
    for (const as of [world.owner, world.facilitator, hub.admin])
      expect(await queueOf(as)).toContain(`REPORTED ${challenge}`);
    for (const as of [world.author, world.reader, world.outsider, hub.anonymous]) expect(await queueOf(as)).toEqual([]);
    const read = 'query ($id: ID!) { challenge(id: $id) { moderation { state } } }';
    expect(await world.owner.run(read, { id: challenge })).toEqual({
      challenge: { moderation: { state: 'REPORTED' } },
    });
    expect(await world.author.run(read, { id: challenge })).toEqual({ challenge: { moderation: null } });
  });

  test('cannot be reported by who posed it or does not see it', async () => {
    expect((await report(challenge, world.author)).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await report(challenge, world.outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await report(challenge, hub.anonymous)).code).toBe('UNAUTHENTICATED');
  });

  test('can be left standing', async () => {
    await report(challenge);
    const dismissed = await moderate(world.owner, 'dismissIdeaReports', { content: challenge, note: 'It is fair.' });
    expect(dismissed).toMatchObject({ errors: [], case: { state: 'DISMISSED' } });
    expect(await queueOf(world.owner)).not.toContain(`REPORTED ${challenge}`);
  });
});

describe('hiding a challenge', () => {
  test('tells of it, once', async () => {
    const payload = await hide(challenge);
    expect(payload).toMatchObject({ errors: [], case: { state: 'HIDDEN', reason: 'It names a customer.' } });
    expect(await eventAt(hub, 'ideas', payload.cursor)).toMatchObject({
      type: 'ideas.challenge.hidden',
      subject: challenge,
      space: world.space,
      actor: world.facilitator.id,
    });
    expect(await hide(challenge, world.owner)).toMatchObject({ cursor: null, errors: [], case: { state: 'HIDDEN' } });
    const own = '{ ownIdeaCases(first: 1) { nodes { state content { ... on Challenge { title } } } } }';
    const nodes = [{ state: 'HIDDEN', content: { title: 'Unmistakable question' } }];
    expect(await world.author.run(own)).toEqual({ ownIdeaCases: { nodes } });
  });

  test('is for moderators who did not pose it', async () => {
    const own = await openChallenge(world.facilitator, world.space);
    expect((await hide(own)).code).toBe('FORBIDDEN');
    expect((await hide(challenge, world.reader)).code).toBe('FORBIDDEN');
    expect((await hide(challenge, world.author)).code).toBe('FORBIDDEN');
    expect((await hide(challenge, hub.anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await hide(challenge, world.outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test.each([
    ['of all spaces', 'challenges(first: 100)'],
    ['of those still open', 'challenges(open: true, first: 100)'],
    ['of its space', 'found: space(id: $space) { challenges(first: 100)'],
  ])('takes it out of lists and counts %s', async (_, field) => {
    const nested = field.includes('$space');
    const document = `query ${nested ? '($space: ID!)' : ''} { ${field} { totalCount nodes { id } } ${nested ? '}' : ''} }`;
    type Page = { challenges: { totalCount: number; nodes: { id: string }[] } };
    const listed = async (as: TestClient) => {
      const answered = await as.run<Page & { found?: Page }>(document, nested ? { space: world.space } : {});
      return (answered.found ?? answered).challenges;
    };
    const before = await listed(world.reader);
    expect(before.nodes.map(({ id }) => id)).toContain(challenge);
    await hide(challenge);
    for (const somebody of [world.reader, world.author, world.owner, hub.admin]) {
      const after = await listed(somebody);
      expect(after.totalCount).toBe(before.totalCount - 1);
      expect(after.nodes.map(({ id }) => id)).not.toContain(challenge);
    }
  });

  test('leaves the ideas that answer it, without it', async () => {
    const read = `query ($id: ID!, $answer: ID!) { challenge(id: $id) { ideas { nodes { id } } } node(id: $id) { id }
      idea(id: $answer) { id challenge { id } } ideas(filter: { challenge: $id }) { totalCount } }`;
    const seenBy = (as: TestClient) => as.run(read, { id: challenge, answer });
    await hide(challenge);
    expect(await seenBy(world.reader)).toEqual({
      challenge: null,
      node: null,
      idea: { id: answer, challenge: null },
      ideas: { totalCount: 0 },
    });
    for (const insider of [world.author, world.owner, hub.admin])
      expect(await seenBy(insider)).toEqual({
        challenge: { ideas: { nodes: [{ id: answer }] } },
        node: { id: challenge },
        idea: { id: answer, challenge: { id: challenge } },
        ideas: { totalCount: 1 },
      });
  });

  test('ends what streams tell by it', async () => {
    const service = hub.service('ideas');
    const told = async (as: string) => {
      const stream = await openStream(
        service,
        viewerOf(as),
        `subscription ($after: Cursor, $challenge: ID) { contributionAdded(after: $after, challenge: $challenge) {
          contribution { id } } }`,
        { after: await presentOf(service), challenge },
      );
      const contribution = await contribute(world.reader, answer);
      await hide(contribution);
      const { cursor } = await moderate(world.owner, 'restoreIdeaContent', { content: contribution, note: 'Fine.' });
      const events = await stream.eventsUpTo(cursor ?? '');
      stream.end();
      return events.length;
    };
    expect(await told(world.reader.id)).toBe(1);
    await hide(challenge);
    expect([await told(world.reader.id), await told(world.author.id)]).toEqual([0, 1]);
  });

  test('ends what can be done with it', async () => {
    await hide(challenge);
    const codeOf = async (as: TestClient, mutation: string, input: object) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { errors { code } } }`;
      type Answer = { payload: { errors: { code: string }[] } };
      return (await as.run<Answer>(document, { input })).payload.errors.map(({ code }) => code);
    };
    const idea = { space: world.space, title: 'One more', challenge };
    expect(await codeOf(world.author, 'submitIdea', idea)).toEqual(['CLOSED']);
    expect(await codeOf(world.author, 'reviseChallenge', { challenge, title: 'Another' })).toEqual(['CLOSED']);
    expect(await codeOf(world.reader, 'submitIdea', idea)).toEqual(['NOT_FOUND']);
  });

  test('cannot be got round by records', async () => {
    const query = 'query ($space: ID!) { ideaRecords(space: $space, last: 100) { nodes { id record } } }';
    type Exported = { ideaRecords: { nodes: { id: string; record: object }[] } };
    const exported = async () => (await hub.admin.run<Exported>(query, { space: world.space })).ideaRecords.nodes;
    const [record] = (await exported()).filter(({ id }) => id === challenge);
    await hide(challenge);
    const nodes = await exported();
    expect(nodes.map(({ id }) => id)).not.toContain(challenge);
    expect(nodes.find(({ id }) => id === answer)?.record).not.toHaveProperty('challenge');
    const references = [
      { kind: 'SPACE', ref: world.space, id: world.space },
      { kind: 'PERSON', ref: world.author.id, id: world.author.id },
      { kind: 'CHALLENGE', ref: challenge, id: challenge },
    ];
    const changed = { ...record?.record, ref: challenge, title: 'Other words' };
    const brought = `mutation ($input: ImportIdeaRecordsInput!) { importIdeaRecords(input: $input) { outcomes { result reason } } }`;
    const input = { source: 'elsewhere', references, records: [changed] };
    expect(await hub.admin.run(brought, { input })).toEqual({
      importIdeaRecords: { outcomes: [{ result: 'UNCHANGED', reason: null }] },
    });
  });

  test('can be taken back', async () => {
    await hide(challenge);
    expect((await restore(world.author)).code).toBe('FORBIDDEN');
    const { cursor } = await restore();
    expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({ type: 'ideas.challenge.restored', subject: challenge });
    expect(await restore()).toMatchObject({ cursor: null, errors: [], case: { state: 'RESTORED' } });
    const read = 'query ($answer: ID!) { idea(id: $answer) { challenge { title } } }';
    const shown = { idea: { challenge: { title: 'Unmistakable question' } } };
    expect(await world.reader.run(read, { answer })).toEqual(shown);
  });
});

test('who posed a hidden challenge may appeal, once', async () => {
  const decide = (decision: string, as: TestClient) =>
    moderate(as, 'decideIdeaAppeal', { content: challenge, decision, note: 'We asked.' });
  await hide(challenge);
  expect((await appeal(challenge, world.owner)).code).toBe('FORBIDDEN');
  expect((await appeal(challenge, world.reader)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await appeal(challenge)).toMatchObject({ errors: [], case: { state: 'APPEALED' } });
  expect(await queueOf(world.owner)).toContain(`APPEALED ${challenge}`);
  expect((await decide('UPHOLD', world.facilitator)).code).toBe('FORBIDDEN');
  expect(await decide('UPHOLD', world.owner)).toMatchObject({ case: { state: 'UPHELD' } });
  expect((await appeal(challenge)).errors).toMatchObject([{ code: 'CLOSED' }]);
});
