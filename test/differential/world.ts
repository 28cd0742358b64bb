import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestClient } from '#test/hub/graphql-client.js';
import type { TestHub } from '#test/hub/test-hub.js';
import { runCaptured } from '../../services/hub/testing/captured-command.js';
import { worldRecords } from './world-records.js';

/** A hub full of things of every kind, and people who may see different parts of it. */
export interface World {
  /** Ids by the type of their object. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly viewers: Readonly<Record<ViewerName, TestClient>>;
}

export const viewerNames = ['administrator', 'member', 'outsider', 'nobody'] as const;
export type ViewerName = (typeof viewerNames)[number];

const source = 'world';

export async function createWorld(hub: TestHub): Promise<World> {
  await importRecords(hub);
  await reviseSomething(hub);
  const ids = await idsOf(hub);
  return {
    ids,
    viewers: {
      administrator: hub.admin,
      member: await signIn(hub, 'ada'),
      outsider: await signIn(hub, 'zoe'),
      nobody: hub.anonymous,
    },
  };
}

async function importRecords(hub: TestHub): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-world-'));
  try {
    const path = join(folder, 'world.jsonl');
    await writeFile(
      path,
      worldRecords()
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    );
    const env = { WEFT_TOKEN: hub.admin.token ?? '' };
    const { code, out, err } = await runCaptured(
      ['import', '--url', `${hub.url}/graphql`, '--source', source, path],
      env,
    );
    if (code !== 0) throw new Error(`The world could not be imported.\n${out}${err}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What no record brings: revisions, other stages and removed messages. */
async function reviseSomething({ admin }: TestHub): Promise<void> {
  const { ideas, messages } = await admin.run<Record<'ideas' | 'messages', { nodes: { id: string }[] }>>(
    '{ ideas(first: 3) { nodes { id } } messages(first: 2) { nodes { id } } }',
  );
  for (const { id: idea } of ideas.nodes) {
    await change(admin, 'reviseIdea', 'ReviseIdeaInput', { idea, baseRevision: 1, body: 'Said better.' });
    await change(admin, 'moveIdea', 'MoveIdeaInput', { idea, stage: 'pilot' });
  }
  for (const { id: message } of messages.nodes) await change(admin, 'removeMessage', 'RemoveMessageInput', { message });
}

async function change(as: TestClient, mutation: string, type: string, input: object): Promise<void> {
  const { payload } = await as.run<{ payload: { errors: readonly unknown[] } }>(
    `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { errors { message path } } }`,
    { input },
  );
  if (payload.errors.length > 0) throw new Error(`${mutation} was refused: ${JSON.stringify(payload.errors)}`);
}

async function signIn(hub: TestHub, handle: string): Promise<TestClient> {
  const { personByHandle } = await hub.admin.run<{ personByHandle: { id: string } }>(
    'query ($handle: String!) { personByHandle(handle: $handle) { id } }',
    { handle },
  );
  const { issueAccessToken } = await hub.admin.run<{ issueAccessToken: { token: string } }>(
    'mutation ($person: ID!) { issueAccessToken(input: { name: "differential", person: $person }) { token } }',
    { person: personByHandle.id },
  );
  return hub.client(issueAccessToken.token);
}

async function idsOf({ admin }: TestHub): Promise<Map<string, string[]>> {
  const data = await admin.run<Record<string, { nodes: { __typename: string; id: string }[] }>>(everything);
  const ids = new Map<string, string[]>();
  for (const { nodes } of Object.values(data))
    for (const { __typename, id } of nodes) ids.set(__typename, [...(ids.get(__typename) ?? []), id]);
  return ids;
}

const lists = ['challenges', 'conversations', 'ideas', 'messages', 'organizations', 'people', 'spaces', 'teams'];
const everything = `{ ${lists.map((list) => `${list}(first: 100) { nodes { __typename id } }`).join(' ')} }`;
