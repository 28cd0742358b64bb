import type { TestClient } from '#test/hub/graphql-client.js';
import { moderate } from '#test/hub/moderate.js';
import { eventAt } from '#test/hub/read-events.js';
import { appeal, contribution, hide, hub, idea, queueOf, report, world } from './moderated-ideas.fixture.js';

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
