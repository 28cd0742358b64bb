import { type ConversationsFixture, startConversations } from '../conversations.fixture.js';

let hub: ConversationsFixture;

beforeAll(async () => {
  hub = await startConversations();
});

afterAll(() => hub.stop());

const counts = 'message { reactionCounts { emoji count viewerReacted } reactions { totalCount } }';
const reacted = `reaction { id emoji person { key } } ${counts}`;
const family = '👨‍👩‍👧‍👦';

describe('react', () => {
  test('adds to the counts, and tells whether the viewer is among them', async () => {
    const [ann, ben] = [hub.person(), hub.person()];
    const { conversation, message, space } = await hub.talk(ann);
    await hub.change(ann, 'react', { message, emoji: '👍' }, reacted);
    await hub.change(ann, 'react', { message, emoji: family }, reacted);
    const payload = await hub.change(ben, 'react', { message, emoji: family }, reacted);
    const reactionCounts = [
      { emoji: family, count: 2, viewerReacted: true },
      { emoji: '👍', count: 1, viewerReacted: false },
    ];
    expect(payload).toMatchObject({
      errors: [],
      reaction: { emoji: family, person: { key: ben.personId } },
      message: { reactionCounts, reactions: { totalCount: 3 } },
    });
    const events = await eventsAbout('conversations.message.reacted', message);
    const data = { conversation, emoji: family, messageAuthor: ann.personId };
    expect(events.at(-1)).toMatchObject({ space, actor: ben.personId, data });
  });

  test('changes nothing the second time, with an idempotency key or without', async () => {
    const ann = hub.person();
    const { message } = await hub.talk(ann);
    const input = { message, emoji: '🎉', idempotencyKey: 'react' };
    const first = await hub.change(ann, 'react', input, reacted);
    expect(await hub.change(ann, 'react', input, reacted)).toEqual(first);
    const again = await hub.change(ann, 'react', { message, emoji: '🎉' }, reacted);
    expect(again).toEqual({ ...first, cursor: null });
    expect(await eventsAbout('conversations.message.reacted', message)).toHaveLength(1);
  });

  test.each([
    ['nothing', ''],
    ['spaces', 'two words'],
    ['17 visible characters', '👍'.repeat(17)],
    ['33 characters in Unicode', `${family.repeat(4)}é${'x'.repeat(4)}`],
    ['half a character', '\ud83d'],
  ])('refuses %s', async (_case, emoji) => {
    const ann = hub.person();
    const { message } = await hub.talk(ann);
    const { errors } = await hub.change(ann, 'react', { message, emoji }, reacted);
    expect(errors).toMatchObject([{ code: 'INVALID', path: ['input', 'emoji'] }]);
  });

  test('is refused for a removed message', async () => {
    const ann = hub.person();
    const { message } = await hub.talk(ann);
    await hub.change(ann, 'removeMessage', { message }, 'message { id }');
    const { errors } = await hub.change(ann, 'react', { message, emoji: '👍' }, reacted);
    expect(errors).toMatchObject([{ code: 'CLOSED', path: ['input', 'message'] }]);
  });

  test('finds no message of a space the viewer may not enter, and nobody anonymous', async () => {
    const ann = hub.person();
    const { message } = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    const outsider = await hub.change(hub.person(), 'react', { message, emoji: '👍' }, reacted);
    expect(outsider.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'message'] }]);
    const anonymous = await hub.change({ kind: 'anonymous' }, 'react', { message, emoji: '👍' }, reacted);
    expect(anonymous.code).toBe('UNAUTHENTICATED');
  });
});

describe('withdrawReaction', () => {
  test('takes back what the viewer gave, once', async () => {
    const [ann, ben] = [hub.person(), hub.person()];
    const { message } = await hub.talk(ann);
    await hub.change(ann, 'react', { message, emoji: '👍' }, reacted);
    await hub.change(ben, 'react', { message, emoji: '👍' }, reacted);
    const input = { message, emoji: '👍', idempotencyKey: 'withdraw' };
    const first = await hub.change(ben, 'withdrawReaction', input, counts);
    expect(first).toMatchObject({ errors: [], message: { reactionCounts: [{ count: 1, viewerReacted: false }] } });
    expect(await hub.change(ben, 'withdrawReaction', input, counts)).toEqual(first);
    const again = await hub.change(ben, 'withdrawReaction', { message, emoji: '👍' }, counts);
    expect(again).toEqual({ ...first, cursor: null });
    expect(await eventsAbout('conversations.message.reactionWithdrawn', message)).toMatchObject([
      { actor: ben.personId, data: { emoji: '👍', messageAuthor: ann.personId } },
    ]);
  });

  test('finds no message for outsiders, and wants an emoji', async () => {
    const ann = hub.person();
    const { message } = await hub.talk(ann, { space: await hub.openSpace('private', [ann]) });
    const outsider = await hub.change(hub.person(), 'withdrawReaction', { message, emoji: '👍' }, counts);
    expect(outsider.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'message'] }]);
    const nothing = await hub.change(ann, 'withdrawReaction', { message, emoji: '' }, counts);
    expect(nothing.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'emoji'] }]);
  });
});

async function eventsAbout(type: string, subject: string) {
  return (await hub.events(type)).filter((event) => event.subject === subject);
}
