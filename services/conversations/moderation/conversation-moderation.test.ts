import { statementsOf } from '#test/hub/count-statements.js';
import { moderate } from '#test/hub/moderate.js';
import { eventAt } from '#test/hub/read-events.js';
import { openConversation, postMessage } from '#test/hub/talk.js';
import {
  appeal,
  conversation,
  decide,
  hide,
  hub,
  report,
  restore,
  waiting,
  world,
} from './moderated-conversations.fixture.js';

describe('a reported conversation', () => {
  test('waits for the moderators of its space, and for nobody else', async () => {
    const { cursor } = await report(conversation);
    expect(await eventAt(hub, 'conversations', cursor)).toMatchObject({
      type: 'conversations.case.reported',
      data: { content: conversation, reason: 'offensive' },
    });
    expect(await report(conversation)).toMatchObject({ cursor: null, errors: [] });
    for (const as of [world.owner, world.facilitator, hub.admin])
      expect(await waiting(as)).toContain(`REPORTED ${conversation}`);
    for (const as of [world.author, world.reader, world.outsider, hub.anonymous]) expect(await waiting(as)).toEqual([]);
    const read = 'query ($id: ID!) { conversation(id: $id) { moderation { state reportCount } } }';
    const moderation = { state: 'REPORTED', reportCount: 1 };
    expect(await world.owner.run(read, { id: conversation })).toEqual({ conversation: { moderation } });
    expect(await world.author.run(read, { id: conversation })).toEqual({ conversation: { moderation: null } });
  });

  test('can be left standing', async () => {
    await report(conversation);
    const decision = { content: conversation, note: 'It is a quote.' };
    expect(await moderate(world.reader, 'dismissConversationReports', decision)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await moderate(world.owner, 'dismissConversationReports', decision)).toMatchObject({
      errors: [],
      case: { state: 'DISMISSED', decision: 'It is a quote.' },
    });
    expect(await waiting(world.owner)).not.toContain(`REPORTED ${conversation}`);
  });

  test('cannot be reported by who opened it or does not see it', async () => {
    expect((await report(conversation, world.author)).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await report(conversation, world.outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await report(conversation, hub.anonymous)).code).toBe('UNAUTHENTICATED');
  });
});

describe('hiding a conversation', () => {
  test('says why, and tells of it', async () => {
    const payload = await hide(conversation);
    expect(payload).toMatchObject({ errors: [], case: { state: 'HIDDEN', reason: 'It names a customer.' } });
    expect(await eventAt(hub, 'conversations', payload.cursor)).toMatchObject({
      type: 'conversations.conversation.hidden',
      subject: conversation,
      space: world.space,
      actor: world.facilitator.id,
      data: {},
    });
    expect(await hide(conversation, world.owner)).toMatchObject({
      cursor: null,
      errors: [],
      case: { state: 'HIDDEN' },
    });
    const own = `{ ownConversationCases(first: 1) { nodes { state reason hiddenBy { id } reportCount
      content { ... on Conversation { title } } space { id } } } }`;
    const told = { state: 'HIDDEN', reason: 'It names a customer.', hiddenBy: null, reportCount: null };
    expect(await world.author.run(own)).toEqual({
      ownConversationCases: {
        nodes: [{ ...told, content: { title: 'Unmistakable title' }, space: { id: world.space } }],
      },
    });
    expect(await world.reader.run(own)).toEqual({ ownConversationCases: { nodes: [] } });
  });

  test('is for moderators who did not open it', async () => {
    const own = await openConversation(world.facilitator, world.space);
    expect((await hide(own)).code).toBe('FORBIDDEN');
    expect((await hide(conversation, world.reader)).code).toBe('FORBIDDEN');
    expect((await hide(conversation, world.author)).code).toBe('FORBIDDEN');
    expect((await hide(conversation, hub.anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await hide(conversation, world.outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const mute = await moderate(world.owner, 'hideConversationContent', { content: conversation, reason: '' });
    expect(mute.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'reason'] }]);
  });
});

describe('an appeal of who opened it', () => {
  test('can bring it back', async () => {
    expect((await appeal(conversation)).errors).toMatchObject([{ code: 'CLOSED' }]);
    await hide(conversation);
    expect((await appeal(conversation, world.owner)).code).toBe('FORBIDDEN');
    expect((await appeal(conversation, world.reader)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await appeal(conversation)).toMatchObject({ errors: [], case: { state: 'APPEALED' } });
    expect(await waiting(world.owner)).toContain(`APPEALED ${conversation}`);
    expect(await decide(conversation, 'RESTORE')).toMatchObject({ case: { state: 'RESTORED' } });
    const query = 'query ($id: ID!) { conversation(id: $id) { title } }';
    expect(await world.reader.run(query, { id: conversation })).toEqual({
      conversation: { title: 'Unmistakable title' },
    });
  });

  test('can be rejected by somebody else than who hid it', async () => {
    await hide(conversation);
    await appeal(conversation);
    expect((await decide(conversation, 'UPHOLD', world.facilitator)).code).toBe('FORBIDDEN');
    expect(await decide(conversation, 'UPHOLD')).toMatchObject({ case: { state: 'UPHELD' } });
    expect((await appeal(conversation)).errors).toMatchObject([{ code: 'CLOSED' }]);
    expect(await restore(conversation)).toMatchObject({ case: { state: 'RESTORED' } });
  });
});

describe('the queue', () => {
  test('takes the same number of statements whatever its size', async () => {
    for (let number = 0; number < 6; number += 1) {
      await report((await postMessage(world.author, conversation, `Again ${number}`)).id);
      await report(await openConversation(world.author, world.space));
    }
    const query = `query ($space: ID, $last: Int) { conversationCases(space: $space, last: $last) { totalCount nodes {
      state reportCount decidedBy { name } reports { note reporter { name } } space { name }
      content { ... on Message { body author { name } moderation { state } } ... on Conversation { title opener { name } } } } } }`;
    const read = (last: number) => statementsOf(hub, () => world.owner.run(query, { space: world.space, last }));
    await read(2);
    expect(await read(12)).toHaveLength((await read(4)).length);
  });
});
