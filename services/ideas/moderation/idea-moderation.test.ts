import { statementsOf } from '#test/hub/count-statements.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { type ModeratedSpace, moderate, openModeratedSpace } from '#test/hub/moderate.js';
import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { eventAt } from '#test/hub/read-events.js';
import { contribute, endorse, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let world: ModeratedSpace;
let idea: string;
let contribution: string;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  world = await openModeratedSpace(hub);
});

afterAll(() => hub.stop());

beforeEach(async () => {
  idea = await submitIdea(world.author, world.space, { title: 'Unmistakable idea' });
  contribution = await contribute(world.author, idea, { body: 'Unmistakable words' });
});

const hide = (content: string, as: TestClient = world.facilitator) =>
  moderate(as, 'hideIdeaContent', { content, reason: 'It names a customer.' });
const report = (content: string, as: TestClient = world.reader, more: object = {}) =>
  moderate(as, 'reportIdeaContent', { content, reason: 'CONFIDENTIAL', note: 'See line 2.', ...more });
const appeal = (content: string, as: TestClient = world.author) =>
  moderate(as, 'appealIdeaHiding', { content, text: 'The customer agreed.' });

interface Queue {
  readonly ideaCases: { totalCount: number; nodes: { content: { id: string } | null; state: string }[] };
}
const queueOf = async (as: TestClient, states?: string[]) => {
  const query = `query ($space: ID, $states: [ModerationState!]) { ideaCases(space: $space, states: $states, last: 100) {
    totalCount nodes { state content { ... on Idea { id } ... on Contribution { id } } } } }`;
  const { ideaCases } = await as.run<Queue>(query, { space: world.space, ...(states ? { states } : {}) });
  expect(ideaCases.nodes).toHaveLength(ideaCases.totalCount);
  return ideaCases.nodes.map(({ content, state }) => `${state} ${content?.id}`);
};

describe('reportIdeaContent', () => {
  test('brings an idea or a contribution before the moderators of its space', async () => {
    for (const content of [idea, contribution]) {
      const { cursor, errors } = await report(content);
      expect(errors).toEqual([]);
      const data = { content, reason: 'confidential' };
      expect(await eventAt(hub, 'ideas', cursor)).toMatchObject({ type: 'ideas.case.reported', data });
    }
    for (const moderator of [world.owner, world.facilitator, hub.admin]) {
      expect(await queueOf(moderator)).toEqual(
        expect.arrayContaining([`REPORTED ${idea}`, `REPORTED ${contribution}`]),
      );
    }
  });

  test('is told to nobody else, the author least of all', async () => {
    await report(idea);
    for (const other of [world.author, world.reader, world.outsider, hub.anonymous])
      expect(await queueOf(other)).toEqual([]);
    const read = 'query ($idea: ID!) { idea(id: $idea) { moderation { state } } }';
    expect(await world.author.run(read, { idea })).toEqual({ idea: { moderation: null } });
    expect(await world.owner.run(read, { idea })).toEqual({ idea: { moderation: { state: 'REPORTED' } } });
  });

  test('counts each person once', async () => {
    await report(idea);
    expect(await report(idea)).toMatchObject({ cursor: null, errors: [] });
    await report(idea, world.owner, { reason: 'OTHER', note: null });
    const { idea: found } = await world.facilitator.run<{ idea: { moderation: object } }>(
      'query ($idea: ID!) { idea(id: $idea) { moderation { reportCount reports { reason note reporter { id } } } } }',
      { idea },
    );
    expect(found.moderation).toEqual({
      reportCount: 2,
      reports: [
        { reason: 'OTHER', note: '', reporter: { id: world.owner.id } },
        { reason: 'CONFIDENTIAL', note: 'See line 2.', reporter: { id: world.reader.id } },
      ],
    });
  });

  test.each<[string, () => [TestClient, object], string]>([
    ['somebody outside', () => [world.outsider, {}], 'NOT_FOUND'],
    ['the author', () => [world.author, {}], 'INVALID'],
    ['somebody with too much to say', () => [world.reader, { note: 'x'.repeat(2_001) }], 'INVALID'],
  ])('is refused to %s', async (_, given, code) => {
    const [as, more] = given();
    expect(await report(idea, as, more)).toMatchObject({ cursor: null, errors: [{ code }] });
  });

  test('needs a sign-in', async () => {
    expect((await report(idea, hub.anonymous)).code).toBe('UNAUTHENTICATED');
  });
});

describe('hideIdeaContent', () => {
  test('hides, with a reason, and tells of it', async () => {
    const payload = await hide(contribution);
    expect(payload).toMatchObject({ errors: [], case: { state: 'HIDDEN', reason: 'It names a customer.' } });
    expect(await eventAt(hub, 'ideas', payload.cursor)).toMatchObject({
      type: 'ideas.contribution.hidden',
      subject: contribution,
      space: world.space,
      actor: world.facilitator.id,
      data: { idea },
    });
    expect(await hide(contribution, world.owner)).toMatchObject({
      cursor: null,
      errors: [],
      case: { state: 'HIDDEN' },
    });
  });

  test.each<[string, () => TestClient]>([
    ['a reader', () => world.reader],
    ['the author', () => world.author],
  ])('is not for %s', async (_, as) => {
    expect((await hide(idea, as())).code).toBe('FORBIDDEN');
  });

  test('is not for a moderator who wrote it', async () => {
    const own = await submitIdea(world.facilitator, world.space);
    expect((await hide(own)).code).toBe('FORBIDDEN');
    expect(await queueOf(world.facilitator, ['HIDDEN'])).not.toContain(`HIDDEN ${own}`);
    expect(await hide(own, world.owner)).toMatchObject({ case: { state: 'HIDDEN' } });
    expect(await queueOf(world.facilitator, ['HIDDEN'])).not.toContain(`HIDDEN ${own}`);
    expect((await moderate(world.facilitator, 'restoreIdeaContent', { content: own, note: 'x' })).code).toBe(
      'FORBIDDEN',
    );
  });

  test('finds nothing for somebody outside, and wants a reason', async () => {
    expect(await hide(idea, world.outsider)).toMatchObject({ errors: [{ code: 'NOT_FOUND' }] });
    const without = await moderate(world.owner, 'hideIdeaContent', { content: idea, reason: ' ' });
    expect(without).toMatchObject({ errors: [{ code: 'INVALID', path: ['input', 'reason'] }] });
    expect((await hide(idea, hub.anonymous)).code).toBe('UNAUTHENTICATED');
  });
});

describe('what is hidden', () => {
  const ways: Record<string, string> = {
    'an idea by id': 'found: idea(id: $idea) { id }',
    'an idea by node': 'found: node(id: $idea) { id }',
    'a contribution by id': 'found: contribution(id: $contribution) { id }',
    'a contribution by node': 'found: node(id: $contribution) { id }',
  };
  const lists: Record<string, string> = {
    ideas: 'ideas(filter: { space: $space }, first: 100)',
    searchIdeas: 'searchIdeas(query: "unmistakable", first: 100)',
  };
  const variables = () => ({ idea, contribution, space: world.space });
  const ask = <Data>(as: TestClient, selection: string) => {
    const used = ['$idea', '$contribution', '$space'].filter((name) => selection.includes(name));
    const declared = used.map((name) => `${name}: ID!`).join(', ');
    return as.run<Data>(`query ${declared && `(${declared})`} { ${selection} }`, variables());
  };

  test.each(Object.entries(ways))('does not exist for others: %s', async (_, selection) => {
    await hide(idea);
    expect(await ask(world.reader, selection)).toEqual({ found: null });
    for (const insider of [world.author, world.owner, hub.admin])
      expect(await ask(insider, selection)).toMatchObject({ found: { id: expect.any(String) } });
  });

  test.each(Object.entries(lists))('is in nobody’s list and in no count: %s', async (_, list) => {
    type Found = { found: { totalCount: number; nodes: { id: string }[] } };
    const listed = async (as: TestClient) => (await ask<Found>(as, `found: ${list} { totalCount nodes { id } }`)).found;
    const before = await listed(world.reader);
    await hide(idea);
    for (const somebody of [world.reader, world.author, world.owner, hub.admin]) {
      const after = await listed(somebody);
      expect(after.totalCount).toBe(before.totalCount - 1);
      expect(after.nodes.map(({ id }) => id)).toEqual(before.nodes.map(({ id }) => id).filter((id) => id !== idea));
    }
  });

  test('leaves the lists and counts of its idea, its author and what it answers', async () => {
    const answer = await contribute(world.reader, idea, { replyTo: contribution });
    const stays = await contribute(world.reader, idea);
    await hide(contribution);
    const selection = `idea(id: $idea) { contributions { totalCount nodes { id replyTo { id } } } builds: contributions(types: BUILD) { totalCount } }
      person(id: "${world.author.id}") { contributions(first: 100) { nodes { id } } }`;
    type Found = { idea: object; person: { contributions: { nodes: { id: string }[] } } };
    const found = await ask<Found>(world.reader, selection);
    const nodes = [
      { id: answer, replyTo: null },
      { id: stays, replyTo: null },
    ];
    expect(found.idea).toEqual({ contributions: { totalCount: 2, nodes }, builds: { totalCount: 2 } });
    expect(found.person.contributions.nodes.map(({ id }) => id)).not.toContain(contribution);
  });

  test('takes what hangs on it along', async () => {
    const builder = await submitIdea(world.reader, world.space, { buildsOn: [idea] });
    await endorse(world.reader, idea);
    await hide(idea);
    const selection = `contribution(id: $contribution) { id } builder: idea(id: "${builder}") { buildsOn { totalCount nodes { id } } }
      person(id: "${world.reader.id}") { endorsements(first: 100) { nodes { idea { id } } } }`;
    type Found = { person: { endorsements: { nodes: { idea: { id: string } }[] } } };
    const found = await ask<Found>(world.owner, selection);
    expect(found).toMatchObject({ builder: { buildsOn: { totalCount: 0, nodes: [] } } });
    expect(found.person.endorsements.nodes.map((node) => node.idea.id)).not.toContain(idea);
    expect(await ask(world.reader, 'contribution(id: $contribution) { id }')).toEqual({ contribution: null });
  });

  test('cannot be exported', async () => {
    await hide(idea);
    const query = 'query ($space: ID!) { ideaRecords(space: $space, last: 100) { nodes { id } } }';
    const exported = await hub.admin.run<{ ideaRecords: { nodes: { id: string }[] } }>(query, { space: world.space });
    const ids = exported.ideaRecords.nodes.map(({ id }) => id);
    expect(ids).not.toEqual(expect.arrayContaining([idea]));
    expect(ids).not.toEqual(expect.arrayContaining([contribution]));
  });

  test('rests as it is, for its author too', async () => {
    await hide(idea);
    const attempts: [string, object][] = [
      ['reviseIdea', { idea, baseRevision: 1, title: 'Something else' }],
      ['moveIdea', { idea, stage: 'done' }],
      ['endorseIdea', { idea }],
      ['contributeToIdea', { idea, type: 'BUILD', body: 'x' }],
      ['submitIdea', { space: world.space, title: 'On top', buildsOn: [idea] }],
    ];
    for (const [mutation, input] of attempts) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { errors { code } } }`;
      expect(await world.author.run(document, { input })).toEqual({ payload: { errors: [{ code: 'CLOSED' }] } });
    }
    const other = await contribute(world.author, await submitIdea(world.author, world.space));
    await hide(other);
    const document =
      'mutation ($input: ReviseContributionInput!) { payload: reviseContribution(input: $input) { errors { code } } }';
    const input = { contribution: other, body: 'Something else' };
    expect(await world.author.run(document, { input })).toEqual({ payload: { errors: [{ code: 'CLOSED' }] } });
  });

  test('is told to its author with the reason, and without who reported and hid it', async () => {
    await report(contribution);
    await hide(contribution);
    const query = `{ ownIdeaCases(first: 1) { nodes { state reason hiddenBy { id } reportCount reports { note }
      content { ... on Contribution { body } } space { id } } } }`;
    const nodes = [
      {
        state: 'HIDDEN',
        reason: 'It names a customer.',
        hiddenBy: null,
        reportCount: null,
        reports: [],
        content: { body: 'Unmistakable words' },
        space: { id: world.space },
      },
    ];
    expect(await world.author.run(query)).toEqual({ ownIdeaCases: { nodes } });
    expect(await world.reader.run(query)).toEqual({ ownIdeaCases: { nodes: [] } });
  });

  test('is told to subscribers, who then hear no more of it', async () => {
    const service = hub.service('ideas');
    const stream = await openStream(
      service,
      viewerOf(world.reader.id),
      `subscription ($after: Cursor, $space: ID) { ideaActivity(after: $after, space: $space) {
        kind ideaId contributionId idea { id } contribution { id } actor { key } } }`,
      { after: await presentOf(service), space: world.space },
    );
    const fresh = await submitIdea(world.author, world.space);
    const said = await contribute(world.author, fresh);
    await hide(said);
    await moderate(world.owner, 'restoreIdeaContent', { content: said, note: 'All right.' });
    await hide(fresh);
    const { cursor } = await moderate(world.owner, 'restoreIdeaContent', { content: fresh, note: 'All right.' });
    const told = (await stream.eventsUpTo(cursor ?? '')).map(({ result }) => result.data?.ideaActivity);
    stream.end();
    const known = { ideaId: fresh, contributionId: null, idea: { id: fresh }, contribution: null };
    const about = { ...known, contributionId: said, contribution: { id: said } };
    const byModerator = { actor: null };
    const byAuthor = { actor: { key: world.author.id } };
    expect(told).toMatchObject([
      { kind: 'SUBMITTED', ...known, ...byAuthor },
      { kind: 'CONTRIBUTED', ...about, ...byAuthor },
      { kind: 'CONTRIBUTION_HIDDEN', ...about, ...byModerator },
      { kind: 'CONTRIBUTION_RESTORED', ...about, ...byModerator },
      { kind: 'HIDDEN', ...byModerator, ideaId: fresh },
      { kind: 'RESTORED', ...known, ...byModerator },
    ]);
  });

  test('is left out of a replay', async () => {
    const service = hub.service('ideas');
    const after = await presentOf(service);
    const said = await contribute(world.author, idea);
    const { cursor } = await hide(said);
    const events = async (as: string, document: string) => {
      const stream = await openStream(service, viewerOf(as), document, { after });
      const found = await stream.eventsUpTo(cursor ?? '');
      stream.end();
      return found.map(({ result }) => Object.values(result.data ?? {})[0]);
    };
    const added = 'subscription ($after: Cursor) { contributionAdded(after: $after) { contribution { id } } }';
    const activity = 'subscription ($after: Cursor) { ideaActivity(after: $after) { kind contributionId } }';
    expect(await events(world.author.id, activity)).toHaveLength(2);
    expect(await events(world.reader.id, activity)).toEqual([{ kind: 'CONTRIBUTION_HIDDEN', contributionId: said }]);
    // The stream of new contributions knows nothing of hiding: one that comes later says where the replay ends.
    const later = await contribute(world.author, idea);
    const stream = await openStream(service, viewerOf(world.reader.id), added, { after });
    expect((await stream.nextEvent()).result.data).toEqual({ contributionAdded: { contribution: { id: later } } });
    stream.end();
  });
});

describe('restoreIdeaContent', () => {
  test('shows again what was hidden, and counts it again', async () => {
    await hide(contribution);
    const restored = await moderate(world.owner, 'restoreIdeaContent', { content: contribution, note: 'A mistake.' });
    expect(restored).toMatchObject({ errors: [], case: { state: 'RESTORED', decision: 'A mistake.' } });
    expect(await eventAt(hub, 'ideas', restored.cursor)).toMatchObject({ type: 'ideas.contribution.restored' });
    const query = 'query ($idea: ID!) { idea(id: $idea) { contributions { totalCount nodes { id } } } }';
    const contributions = { totalCount: 1, nodes: [{ id: contribution }] };
    expect(await world.reader.run(query, { idea })).toEqual({ idea: { contributions } });
    const again = await moderate(world.owner, 'restoreIdeaContent', { content: contribution, note: 'Again.' });
    expect(again).toMatchObject({ cursor: null, errors: [], case: { decision: 'A mistake.' } });
  });

  test('is for moderators', async () => {
    await hide(idea);
    const input = { content: idea, note: 'Mine!' };
    expect((await moderate(world.author, 'restoreIdeaContent', input)).code).toBe('FORBIDDEN');
    expect((await moderate(world.reader, 'restoreIdeaContent', input)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await moderate(hub.anonymous, 'restoreIdeaContent', input)).code).toBe('UNAUTHENTICATED');
    const mute = await moderate(world.owner, 'restoreIdeaContent', { content: idea, note: '' });
    expect(mute.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'note'] }]);
  });
});

describe('dismissIdeaReports', () => {
  const dismiss = (as: TestClient = world.owner, note = 'All is well.') =>
    moderate(as, 'dismissIdeaReports', { content: idea, note });

  test('lets it stand, until somebody else reports it', async () => {
    await report(idea);
    expect(await dismiss()).toMatchObject({ errors: [], case: { state: 'DISMISSED', decision: 'All is well.' } });
    expect(await queueOf(world.owner)).not.toContain(`REPORTED ${idea}`);
    expect(await dismiss()).toMatchObject({ cursor: null, errors: [] });
    expect(await report(idea)).toMatchObject({ cursor: null });
    expect(await queueOf(world.owner)).not.toContain(`REPORTED ${idea}`);
    await report(idea, world.facilitator);
    expect(await queueOf(world.owner)).toContain(`REPORTED ${idea}`);
  });

  test('is for moderators, who say why', async () => {
    await report(idea);
    expect((await dismiss(world.reader)).code).toBe('FORBIDDEN');
    expect((await dismiss(hub.anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await dismiss(world.outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await dismiss(world.owner, '')).errors).toMatchObject([{ code: 'INVALID' }]);
  });
});

describe('appealIdeaHiding', () => {
  test('asks for another look, once', async () => {
    await hide(idea);
    const first = await appeal(idea);
    expect(first).toMatchObject({ errors: [], case: { state: 'APPEALED', appeal: 'The customer agreed.' } });
    expect(await eventAt(hub, 'ideas', first.cursor)).toMatchObject({ type: 'ideas.case.appealed' });
    expect(await appeal(idea)).toMatchObject({ cursor: null, errors: [], case: { state: 'APPEALED' } });
    expect(await queueOf(world.owner)).toContain(`APPEALED ${idea}`);
  });

  test('is for the author of what is hidden', async () => {
    expect((await appeal(idea)).errors).toMatchObject([{ code: 'CLOSED' }]);
    await hide(idea);
    expect((await appeal(idea, world.owner)).code).toBe('FORBIDDEN');
    expect((await appeal(idea, hub.anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await appeal(idea, world.reader)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const mute = await moderate(world.author, 'appealIdeaHiding', { content: idea, text: '' });
    expect(mute.errors).toMatchObject([{ code: 'INVALID' }]);
  });
});

describe('decideIdeaAppeal', () => {
  const decide = (decision: string, as: TestClient = world.owner, note = 'We asked them.') =>
    moderate(as, 'decideIdeaAppeal', { content: idea, decision, note });

  test('can restore', async () => {
    await hide(idea);
    await appeal(idea);
    expect(await decide('RESTORE', world.facilitator)).toMatchObject({ case: { state: 'RESTORED' } });
    expect(await world.reader.run('query ($idea: ID!) { idea(id: $idea) { id } }', { idea })).toEqual({
      idea: { id: idea },
    });
  });

  test('can uphold, by somebody else than who hid it, for good', async () => {
    await hide(idea);
    await appeal(idea);
    expect((await decide('UPHOLD', world.facilitator)).code).toBe('FORBIDDEN');
    const upheld = await decide('UPHOLD');
    expect(upheld).toMatchObject({ case: { state: 'UPHELD', decision: 'We asked them.' } });
    expect(await eventAt(hub, 'ideas', upheld.cursor)).toMatchObject({
      type: 'ideas.case.appealDecided',
      data: { content: idea, upheld: true },
    });
    expect((await appeal(idea)).errors).toMatchObject([{ code: 'CLOSED' }]);
    expect((await decide('UPHOLD')).errors).toMatchObject([{ code: 'CLOSED' }]);
    expect(await hide(idea)).toMatchObject({ cursor: null, case: { state: 'UPHELD' } });
  });

  test('is for moderators, who say why', async () => {
    await hide(idea);
    await appeal(idea);
    expect((await decide('UPHOLD', world.author)).code).toBe('FORBIDDEN');
    expect((await decide('UPHOLD', hub.anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await decide('UPHOLD', world.reader)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await decide('UPHOLD', world.owner, '')).errors).toMatchObject([{ code: 'INVALID' }]);
  });
});

describe('the queue', () => {
  test('takes the same number of statements whatever its size', async () => {
    const { space, owner, author, reader } = await openModeratedSpace(hub);
    const long = await submitIdea(author, space);
    const contents = await Promise.all(Array.from({ length: 12 }, () => contribute(author, long)));
    for (const content of contents) await report(content, reader);
    const query = `query ($space: ID, $first: Int) { ideaCases(space: $space, first: $first) { totalCount nodes {
      state reportCount hiddenBy { name } reports { note reporter { name } } space { name }
      content { ... on Contribution { body idea { title } } ... on Idea { title moderation { state } } } } } }`;
    const read = (first: number) => statementsOf(hub, () => owner.run(query, { space, first }));
    await read(1);
    expect(await read(10)).toHaveLength((await read(2)).length);
  });

  test('shows the longest waiting first', async () => {
    const { space } = await openModeratedSpace(hub);
    expect(await hub.admin.run('query ($space: ID) { ideaCases(space: $space) { totalCount } }', { space })).toEqual({
      ideaCases: { totalCount: 0 },
    });
    const [first, second] = [await contribute(world.author, idea), await contribute(world.author, idea)];
    await report(first);
    await report(second);
    const order = (await queueOf(world.owner)).filter((entry) => entry.endsWith(first) || entry.endsWith(second));
    expect(order).toEqual([`REPORTED ${first}`, `REPORTED ${second}`]);
  });
});
