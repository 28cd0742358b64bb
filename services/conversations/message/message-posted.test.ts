import { openStream, presentOf, viewerOf } from '#test/hub/open-stream.js';
import { openSpace, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  story = await seed(hub);
});

afterAll(() => hub.stop());

describe('messagePosted', () => {
  const posted = `subscription ($after: Cursor, $space: ID, $conversation: ID, $idea: ID, $mentionsMe: Boolean) {
    messagePosted(after: $after, space: $space, conversation: $conversation, idea: $idea, mentionsMe: $mentionsMe) {
      cursor time message { id body author { key } } actor { key } } }`;
  const open = async (filter: object = {}) => {
    const service = hub.service('conversations');
    const from = { after: await presentOf(service) };
    return openStream(service, viewerOf(story.jon.id), posted, { ...from, mentionsMe: false, ...filter });
  };

  test('tells the message, when, by whom, and where to go on', async () => {
    const conversation = await openConversation(story.mira, story.space);
    const stream = await open({ conversation });
    const { id, cursor } = await postMessage(story.mira, conversation, 'Good morning');
    const [key, time] = [story.mira.id, expect.stringMatching(/Z$/)];
    const event = { cursor, time, message: { id, body: 'Good morning', author: { key } }, actor: { key } };
    expect((await stream.nextEvent()).result).toEqual({ data: { messagePosted: event } });
    stream.end();
  });

  test.each([
    [
      'of a space',
      async () => {
        const space = await openSpace(hub, story.mira);
        return { filter: { space }, conversation: await openConversation(story.mira, space), more: {} };
      },
    ],
    [
      'of a conversation',
      async () => {
        const conversation = await openConversation(story.mira, story.space);
        return { filter: { conversation }, conversation, more: {} };
      },
    ],
    [
      'about an idea',
      async () => {
        const idea = await submitIdea(story.mira, story.space);
        return { filter: { idea }, conversation: await openConversation(story.mira, story.space, { idea }), more: {} };
      },
    ],
    [
      'that mention oneself',
      async () => {
        const conversation = await openConversation(story.mira, story.space);
        return { filter: { mentionsMe: true }, conversation, more: { mentions: [story.mira.id, story.jon.id] } };
      },
    ],
  ])('leaves out all but the messages %s', async (_case, prepare) => {
    const { filter, conversation, more } = await prepare();
    const stream = await open(filter);
    const elsewhere = await openConversation(story.mira, story.space);
    await postMessage(story.mira, elsewhere, 'Not this', { mentions: [story.mira.id] });
    const { cursor } = await postMessage(story.mira, conversation, 'This', more);
    expect((await stream.eventsUpTo(cursor)).map((event) => event.cursor)).toEqual([cursor]);
    stream.end();
  });

  test('is silent about spaces the viewer may not enter', async () => {
    const stream = await open();
    const hidden = await openConversation(story.mira, story.hidden);
    const { cursor } = await postMessage(story.mira, hidden, 'To myself', { mentions: [story.jon.id] });
    expect(await stream.eventsUpTo(cursor)).toEqual([]);
    stream.end();
  });
});
