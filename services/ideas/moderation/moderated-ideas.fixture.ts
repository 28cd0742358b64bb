import type { TestClient } from '#test/hub/graphql-client.js';
import { type ModeratedSpace, moderate, openModeratedSpace } from '#test/hub/moderate.js';
import { contribute, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** A hub with a moderated space for the tests of a file that imports this, and in it, for each test, an idea and a contribution. */
export let hub: TestHub;
export let world: ModeratedSpace;
export let idea: string;
export let contribution: string;

beforeAll(async () => {
  hub = await startTestHub({ heartbeatMs: 20 });
  world = await openModeratedSpace(hub);
});

afterAll(() => hub.stop());

beforeEach(async () => {
  idea = await submitIdea(world.author, world.space, { title: 'Unmistakable idea' });
  contribution = await contribute(world.author, idea, { body: 'Unmistakable words' });
});

export const hide = (content: string, as: TestClient = world.facilitator) =>
  moderate(as, 'hideIdeaContent', { content, reason: 'It names a customer.' });
export const report = (content: string, as: TestClient = world.reader, more: object = {}) =>
  moderate(as, 'reportIdeaContent', { content, reason: 'CONFIDENTIAL', note: 'See line 2.', ...more });
export const appeal = (content: string, as: TestClient = world.author) =>
  moderate(as, 'appealIdeaHiding', { content, text: 'The customer agreed.' });

interface Queue {
  readonly ideaCases: { totalCount: number; nodes: { content: { id: string } | null; state: string }[] };
}
export const queueOf = async (as: TestClient, states?: string[]) => {
  const query = `query ($space: ID, $states: [ModerationState!]) { ideaCases(space: $space, states: $states, last: 100) {
    totalCount nodes { state content { ... on Idea { id } ... on Contribution { id } ... on Challenge { id } } } } }`;
  const { ideaCases } = await as.run<Queue>(query, { space: world.space, ...(states ? { states } : {}) });
  expect(ideaCases.nodes).toHaveLength(ideaCases.totalCount);
  return ideaCases.nodes.map(({ content, state }) => `${state} ${content?.id}`);
};
