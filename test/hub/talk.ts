import type { TestClient } from './graphql-client.js';

export async function openConversation(as: TestClient, space: string, conversation: object = {}): Promise<string> {
  const { openConversation } = await as.run<{ openConversation: { conversation: { id: string } } }>(
    'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { conversation { id } errors { message } } }',
    { input: { space, title: 'Some talk', ...conversation } },
  );
  return openConversation.conversation.id;
}

export interface PostedMessage {
  readonly id: string;
  /** Of its event. */
  readonly cursor: string;
}

export async function postMessage(
  as: TestClient,
  conversation: string,
  body: string,
  message: object = {},
): Promise<PostedMessage> {
  const { postMessage } = await as.run<{ postMessage: { cursor: string; message: { id: string } } }>(
    'mutation ($input: PostMessageInput!) { postMessage(input: $input) { cursor message { id } errors { message } } }',
    { input: { conversation, body, ...message } },
  );
  return { id: postMessage.message.id, cursor: postMessage.cursor };
}

/** Sends a mutation whose input is its only variable; the cursor of its event. */
export async function change(as: TestClient, mutation: string, input: object): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { payload } = await as.run<{ payload: { cursor: string | null; errors: { message: string }[] } }>(
    `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { cursor errors { message } } }`,
    { input },
  );
  if (payload.cursor === null) throw new Error(`Nothing changed: ${JSON.stringify(payload.errors)}`);
  return payload.cursor;
}
