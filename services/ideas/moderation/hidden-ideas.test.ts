import type { TestClient } from '#test/hub/graphql-client.js';
import { moderate } from '#test/hub/moderate.js';
import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { contribute, endorse, submitIdea } from '#test/hub/seed.js';
import { contribution, hide, hub, idea, report, world } from './moderated-ideas.fixture.js';

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
