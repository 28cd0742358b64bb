import type { TestClient } from '#test/hub/graphql-client.js';
import { type ModeratedSpace, moderate, openModeratedSpace } from '#test/hub/moderate.js';
import { openConversation, postMessage } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** A hub with a moderated space for the tests of a file that imports this, and in it, for each test, a conversation of two messages. */
export let hub: TestHub;
export let world: ModeratedSpace;
/** Opened by the author. */
export let conversation: string;
/** Said in it by the author. */
export let message: string;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  world = await openModeratedSpace(hub);
});

afterAll(() => hub.stop());

beforeEach(async () => {
  conversation = await openConversation(world.author, world.space, { title: 'Unmistakable title' });
  await postMessage(world.reader, conversation, 'Something before');
  message = (await postMessage(world.author, conversation, 'Unmistakable words')).id;
});

export const hide = (content: string, as: TestClient = world.facilitator) =>
  moderate(as, 'hideConversationContent', { content, reason: 'It names a customer.' });
export const report = (content: string, as: TestClient = world.reader) =>
  moderate(as, 'reportConversationContent', { content, reason: 'OFFENSIVE' });
export const restore = (content: string, as: TestClient = world.owner) =>
  moderate(as, 'restoreConversationContent', { content, note: 'A mistake.' });
export const appeal = (content: string, as: TestClient = world.author) =>
  moderate(as, 'appealConversationHiding', { content, text: 'They agreed.' });
export const decide = (content: string, decision: string, as: TestClient = world.owner) =>
  moderate(as, 'decideConversationAppeal', { content, decision, note: 'We asked.' });

interface Queue {
  readonly conversationCases: { nodes: { state: string; content: { id: string } }[] };
}

/** What waits for somebody in the space, as state and id. */
export const waiting = async (as: TestClient) => {
  const query = `query ($space: ID) { conversationCases(space: $space, last: 100) {
    nodes { state content { ... on Conversation { id } ... on Message { id } } } } }`;
  const { conversationCases } = await as.run<Queue>(query, { space: world.space });
  return conversationCases.nodes.map(({ state, content }) => `${state} ${content.id}`);
};
