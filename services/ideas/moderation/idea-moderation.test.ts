import { statementsOf } from '#test/hub/count-statements.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { moderate, openModeratedSpace } from '#test/hub/moderate.js';
import { eventAt } from '#test/hub/read-events.js';
import { contribute, openChallenge, submitIdea } from '#test/hub/seed.js';
import { contribution, hide, hub, idea, queueOf, report, world } from './moderated-ideas.fixture.js';

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

describe('the queue', () => {
  test('takes the same number of statements whatever its size', async () => {
    const { space, owner, author, reader } = await openModeratedSpace(hub);
    const long = await submitIdea(author, space);
    for (let number = 0; number < 6; number += 1) {
      await report(await contribute(author, long), reader);
      await report(await openChallenge(author, space), reader);
    }
    const query = `query ($space: ID, $first: Int) { ideaCases(space: $space, first: $first) { totalCount nodes {
      state reportCount hiddenBy { name } reports { note reporter { name } } space { name }
      content { ... on Contribution { body idea { title } } ... on Idea { title moderation { state } }
      ... on Challenge { title author { name } } } } } }`;
    const read = (first: number) => statementsOf(hub, () => owner.run(query, { space, first }));
    await read(2);
    expect(await read(10)).toHaveLength((await read(4)).length);
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
