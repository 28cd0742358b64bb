import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { openSpace, type Story, seed } from '#test/hub/seed.js';
import { change, openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  story = await seed(hub);
});

afterAll(() => hub.stop());

describe('conversationActivity', () => {
  const activity = `subscription ($after: Cursor, $space: ID, $conversation: ID) {
    conversationActivity(after: $after, space: $space, conversation: $conversation) {
      kind conversation { id } message { id } emoji changed actor { key } } }`;
  const open = async (filter: object = {}) => {
    const service = hub.service('conversations');
    const from = { after: await presentOf(service) };
    return openStream(service, viewerOf(story.jon.id), activity, { ...from, ...filter });
  };

  test('tells everything that happens in a conversation, in order', async () => {
    const space = await openSpace(hub, story.mira);
    const stream = await open({ space });
    const conversation = await openConversation(story.mira, space);
    await change(story.mira, 'reviseConversation', { conversation, title: 'Another name' });
    const { id: message } = await postMessage(story.mira, conversation, 'Good mornign');
    await change(story.mira, 'editMessage', { message, body: 'Good morning' });
    await change(story.jon, 'react', { message, emoji: '👋' });
    await change(story.jon, 'withdrawReaction', { message, emoji: '👋' });
    const last = await change(story.mira, 'removeMessage', { message });
    const [mira, jon] = [{ key: story.mira.id }, { key: story.jon.id }];
    const none = { conversation: { id: conversation }, message: null, emoji: null, changed: [], actor: mira };
    const said = { ...none, message: { id: message } };
    const told = (await stream.eventsUpTo(last)).map(({ result }) => result.data?.conversationActivity);
    expect(told).toEqual([
      { ...none, kind: 'OPENED' },
      { ...none, kind: 'REVISED', changed: ['title'] },
      { ...said, kind: 'MESSAGE_POSTED' },
      { ...said, kind: 'MESSAGE_EDITED' },
      { ...said, kind: 'REACTED', emoji: '👋', actor: jon },
      { ...said, kind: 'REACTION_WITHDRAWN', emoji: '👋', actor: jon },
      { ...said, kind: 'MESSAGE_REMOVED' },
    ]);
    stream.end();
  });

  test('leaves out other spaces, other conversations and what the viewer may not see', async () => {
    const space = await openSpace(hub, story.mira);
    const conversation = await openConversation(story.mira, space);
    const streams = [await open(), await open({ space }), await open({ conversation })];
    const hidden = await openConversation(story.mira, story.hidden);
    const elsewhere = await openConversation(story.mira, story.space);
    const beside = await openConversation(story.mira, space);
    const { cursor } = await postMessage(story.mira, conversation, 'Here');
    const told = await Promise.all(
      streams.map(async (stream) => (await stream.eventsUpTo(cursor)).map(({ result }) => conversationIn(result.data))),
    );
    expect(told).toEqual([[elsewhere, beside, conversation], [beside, conversation], [conversation]]);
    expect(told.flat()).not.toContain(hidden);
    for (const stream of streams) stream.end();
  });
});

function conversationIn(data: unknown): string {
  const { conversationActivity } = data as { conversationActivity: { conversation: { id: string } } };
  return conversationActivity.conversation.id;
}
