import type { TestClient } from '#test/hub/graphql-client.js';
import { eventsOf } from '#test/hub/read-events.js';
import {
  addMember,
  contribute,
  endorse,
  openChallenge,
  openSpace,
  registerPerson,
  removeMember,
  submitIdea,
  type TestPerson,
} from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** What all mutations of this service promise alike. What each does by itself stands next to its code. */
let hub: TestHub;
let mira: TestPerson;
let outsider: TestPerson;
let space: string;

beforeAll(async () => {
  hub = await startTestHub();
  mira = await registerPerson(hub, { name: 'Mira' });
  outsider = await registerPerson(hub, { name: 'Olga', party: 'CUSTOMER' });
  space = await openSpace(hub, mira, { visibility: 'PRIVATE' });
});

afterAll(async () => {
  await hub.stop();
});

interface Mutation {
  /** A valid input for mira, who may do it. */
  input(): Promise<Record<string, unknown>>;
  /** Another input that is also valid. */
  readonly other: Record<string, unknown>;
  readonly path: string;
  readonly entity: string;
  readonly forAuthors: boolean;
}

const revised = { entity: 'idea { id }', path: 'idea', forAuthors: true };
const mutations: Record<string, Mutation> = {
  submitIdea: {
    input: async () => ({ space, title: 'A' }),
    other: { title: 'B' },
    path: 'space',
    entity: 'idea { id }',
    forAuthors: false,
  },
  reviseIdea: {
    ...revised,
    input: async () => ({ idea: await submitIdea(mira, space), baseRevision: 1, title: 'A' }),
    other: { title: 'B' },
  },
  moveIdea: {
    ...revised,
    input: async () => ({ idea: await submitIdea(mira, space), stage: 'tried' }),
    other: { stage: 'done' },
  },
  contributeToIdea: {
    input: async () => ({ idea: await submitIdea(mira, space), type: 'BUILD', body: 'A' }),
    other: { body: 'B' },
    path: 'idea',
    entity: 'contribution { id }',
    forAuthors: false,
  },
  reviseContribution: {
    input: async () => ({ contribution: await contribute(mira, await submitIdea(mira, space)), body: 'A' }),
    other: { body: 'B' },
    path: 'contribution',
    entity: 'contribution { id }',
    forAuthors: true,
  },
  endorseIdea: {
    input: async () => ({ idea: await submitIdea(mira, space) }),
    get other() {
      return { idea: anotherIdea };
    },
    path: 'idea',
    entity: 'idea { id }',
    forAuthors: false,
  },
  withdrawEndorsement: {
    async input() {
      const idea = await submitIdea(mira, space);
      await endorse(mira, idea);
      return { idea };
    },
    get other() {
      return { idea: anotherIdea };
    },
    path: 'idea',
    entity: 'idea { id }',
    forAuthors: false,
  },
  openChallenge: {
    input: async () => ({ space, title: 'A' }),
    other: { title: 'B' },
    path: 'space',
    entity: 'challenge { id }',
    forAuthors: false,
  },
  reviseChallenge: {
    input: async () => ({ challenge: await openChallenge(mira, space), title: 'A' }),
    other: { title: 'B' },
    path: 'challenge',
    entity: 'challenge { id }',
    forAuthors: true,
  },
};

let anotherIdea = '';

beforeAll(async () => {
  anotherIdea = await submitIdea(mira, space);
});

interface Payload {
  readonly cursor: string | null;
  readonly errors: { code: string; message: string; path: string[] }[];
}

const documentOf = (name: string, entity: string) =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) {
     payload: ${name}(input: $input) { ${entity} cursor clientMutationId errors { code message path } } }`;

async function call(as: TestClient, name: string, { entity }: Mutation, input: object): Promise<Payload> {
  return (await as.run<{ payload: Payload }>(documentOf(name, entity), { input })).payload;
}

describe.each(Object.entries(mutations))('%s', (name, mutation) => {
  test('done twice with one key is done once, with the first answer', async () => {
    const input = { ...(await mutation.input()), idempotencyKey: `twice-${name}` };
    const first = await call(mira, name, mutation, input);
    expect(first).toMatchObject({ errors: [], cursor: expect.any(String) });
    const events = (await eventsOf(hub, 'ideas')).length;
    expect(await call(mira, name, mutation, input)).toEqual(first);
    expect(await eventsOf(hub, 'ideas')).toHaveLength(events);
  });

  test('with the key of another input is refused', async () => {
    const input = { ...(await mutation.input()), idempotencyKey: `reused-${name}` };
    await call(mira, name, mutation, input);
    const { errors, cursor } = await call(mira, name, mutation, { ...input, ...mutation.other });
    expect(errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] }]);
    expect(cursor).toBeNull();
  });

  test('gives the clientMutationId back', async () => {
    const payload = await call(mira, name, mutation, { ...(await mutation.input()), clientMutationId: 'mine' });
    expect(payload).toMatchObject({ clientMutationId: 'mine' });
  });

  test('needs somebody who is signed in', async () => {
    const input = await mutation.input();
    expect(await hub.anonymous.codeOf(documentOf(name, mutation.entity), { input })).toBe('UNAUTHENTICATED');
  });

  test('does not tell an outsider what is hidden from what is not there', async () => {
    const input = await mutation.input();
    const hidden = await call(outsider, name, mutation, input);
    expect(hidden.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', mutation.path] }]);
    const id = String(input[mutation.path]);
    const missing = `${id.slice(0, -4)}zzzz`;
    const absent = await call(outsider, name, mutation, { ...input, [mutation.path]: missing });
    expect(JSON.stringify(absent).replaceAll(missing, '')).toBe(JSON.stringify(hidden).replaceAll(id, ''));
  });
});

describe.each(Object.entries(mutations).filter(([, { forAuthors }]) => forAuthors))('%s', (name, mutation) => {
  test('is refused to somebody who sees it but did not make it', async () => {
    const reader = await registerPerson(hub, { name: 'Rita' });
    await addMember(hub, mira, space, reader.id);
    const input = await mutation.input();
    expect(await reader.codeOf(documentOf(name, mutation.entity), { input })).toBe('FORBIDDEN');
    await removeMember(hub, mira, space, reader.id);
  });

  test('is open to an administrator', async () => {
    const payload = await call(hub.admin, name, mutation, await mutation.input());
    expect(payload).toMatchObject({ errors: [], cursor: expect.any(String) });
  });
});

describe('two mutations of one document', () => {
  test('each answer with what is so after them', async () => {
    const idea = await submitIdea(mira, space);
    const fields = 'idea { viewerEndorses endorsements { totalCount nodes { changedAt } } }';
    const answer = await mira.run(
      `mutation ($idea: ID!) {
         first: endorseIdea(input: { idea: $idea }) { ${fields} }
         second: withdrawEndorsement(input: { idea: $idea }) { ${fields} } }`,
      { idea },
    );
    expect(answer).toEqual({
      first: { idea: { viewerEndorses: true, endorsements: { totalCount: 1, nodes: [expect.anything()] } } },
      second: { idea: { viewerEndorses: false, endorsements: { totalCount: 0, nodes: [] } } },
    });
  });
});
