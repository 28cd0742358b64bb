import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import { eventually } from '#test/hub/eventually.js';
import type { TestClient } from '#test/hub/graphql-client.js';
import { contribute, registerPerson, submitIdea, type TestPerson } from '#test/hub/seed.js';
import { openConversation, postMessage } from '#test/hub/talk.js';
import { type RawStream, rawStream } from '#test/wire/raw-stream.js';
import { onBusyMachine } from '../hub/on-busy-machine.js';
import { subscriptions } from './access-table.js';
import { newClient, readingScopes, scopeOf } from './api-clients.js';
import { agree, columns, startWorld, type World } from './world.js';

const schema = buildSchema(await readFile('schema/api.graphql', 'utf8'));
let world: World;
let scoped: TestClient;
/** In the space that is open to all. */
let open: { idea: string; conversation: string };

beforeAll(async () => {
  world = await startWorld();
  scoped = await newClient(world, readingScopes);
  const { zoe } = world.people;
  open = {
    idea: await submitIdea(zoe, world.ids.open),
    conversation: await openConversation(zoe, world.ids.open),
  };
}, 60_000);

afterAll(() => world.stop());

/** What a stream is asked for, and how something happens that it tells of: its id, in the workshop or in the open space. */
interface Happening {
  readonly select: string;
  happen(where: 'workshop' | 'open'): Promise<string>;
}

const contributed: Happening['happen'] = (where) =>
  where === 'workshop' ? contribute(world.people.owner, world.ids.idea) : contribute(world.people.zoe, open.idea);
const posted: Happening['happen'] = async (where) => {
  const { people, ids } = world;
  if (where === 'workshop') return (await postMessage(people.owner, ids.conversation, 'Secret')).id;
  return (await postMessage(people.zoe, open.conversation, 'Known')).id;
};
let revisions = 0;
const revised: Happening['happen'] = async (where) => {
  const { people, ids, act } = world;
  const [as, space] = where === 'workshop' ? [people.owner, ids.space] : [people.zoe, ids.open];
  revisions += 1;
  await act(as, 'reviseSpace', { space, purpose: `Number ${revisions}` });
  return space;
};

const happenings: Readonly<Record<string, Happening>> = {
  contributionAdded: { select: 'contribution { id }', happen: contributed },
  ideaActivity: { select: 'contributionId', happen: contributed },
  messagePosted: { select: 'message { id }', happen: posted },
  conversationActivity: { select: 'messageId', happen: posted },
  peopleActivity: { select: 'space { id }', happen: revised },
};

const positions: Readonly<Record<string, string>> = {
  contributionAdded: 'ideasPosition',
  ideaActivity: 'ideasPosition',
  messagePosted: 'conversationsPosition',
  conversationActivity: 'conversationsPosition',
  peopleActivity: 'peoplePosition',
};

const listeners = columns.filter((column) => column !== 'anonymous');
const listen = (field: string, select: string, token: string | undefined, after: string | null = null) =>
  rawStream(world.hub.url, {
    token,
    query: `subscription ($after: Cursor) { ${field}(after: $after) { ${select} } }`,
    variables: { after },
  });
const hasHeard = (stream: RawStream, id: string) => JSON.stringify(stream.events()).includes(id);
const heard = (stream: RawStream, id: string) =>
  eventually(
    () => hasHeard(stream, id),
    (found) => found,
  );

describe('a stream', () => {
  test('of every kind that tells of the workshop is told of here', () => {
    const telling = Object.entries(subscriptions).filter(([, { told }]) => told.length > 0);
    expect(Object.keys(happenings).sort()).toEqual(telling.map(([field]) => field).sort());
  });

  describe.each(Object.entries(happenings))('%s', (field, { select, happen }) => {
    const told = subscriptions[field]?.told ?? [];

    test.each(['as it happens', 'replayed by an old cursor'])('tells who sees the space, %s', async (when) => {
      const { [positions[field] ?? '']: before } = await world.people.owner.run<Record<string, string>>(
        `{ ${positions[field]} }`,
      );
      const start = () =>
        Promise.all(
          [...listeners, 'API client' as const].map(async (who): Promise<[typeof who, RawStream]> => {
            const { token } = who === 'API client' ? scoped : world.viewers[who];
            return [who, await listen(field, select, token, when === 'as it happens' ? null : (before ?? null))];
          }),
        );
      const early = when === 'as it happens' ? await start() : undefined;
      if (early) await Promise.all(early.map(([, stream]) => stream.heartbeat()));
      const secret = await happen('workshop');
      const known = await happen('open');
      for (const [who, stream] of early ?? (await start())) {
        await heard(stream, known);
        // A program of the host sees what everybody in the host may.
        expect([who, hasHeard(stream, secret)]).toEqual([who, who === 'API client' || told.includes(who)]);
        stream.drop();
      }
    });

    test('is refused to who is not signed in', async () => {
      const stream = await listen(field, select, undefined);
      await stream.ended();
      expect(stream.text()).toContain('UNAUTHENTICATED');
    });
  });

  test.each(Object.keys(subscriptions))('%s is refused to a program without its scope', async (field) => {
    const needed = scopeOf(schema.getSubscriptionType()?.getFields()[field]?.description) ?? '';
    const others = readingScopes.filter((scope) => scope !== needed);
    expect(others).toHaveLength(readingScopes.length - 1);
    const { token } = await newClient(world, others);
    const stream = await listen(field, 'cursor', token);
    await stream.ended();
    expect(stream.text()).toContain('"code":"FORBIDDEN"');
    expect(stream.text()).toContain(needed);
  });
});

describe('from one second after they lost access', () => {
  const lost: [string, () => Promise<{ person: TestPerson; end: () => Promise<unknown> }>][] = [
    [
      'a former member',
      async () => {
        const person = await registerPerson(world.hub, { name: 'Guest for a day', party: 'CUSTOMER' });
        const member = { space: world.ids.space, person: person.id };
        await world.act(world.people.owner, 'addSpaceMember', { ...member, role: 'GUEST' });
        return { person, end: () => world.act(world.people.owner, 'removeSpaceMember', member) };
      },
    ],
    [
      'the people of a former partner',
      async () => {
        const { hub, act, ids, people } = world;
        const agreement = await agree(hub, act, ids.host, ids.dune, ids.space);
        const ended = { sharingAgreement: agreement, organization: ids.host };
        return { person: people.expartner, end: () => act(hub.admin, 'revokeSharingAgreement', ended) };
      },
    ],
  ];

  test.each(lost)('%s hear nothing more, on a stream that goes on', async (_who, begin) => {
    const { person, end } = await begin();
    await world.settle();
    const stream = await listen('contributionAdded', 'contribution { id }', person.token);
    await stream.heartbeat();
    await heard(stream, await contributed('workshop'));
    await end();
    // What comes next in the other space shows whether the stream left something out.
    const isTold = async () => {
      const secret = await contributed('workshop');
      await heard(stream, await contributed('open'));
      return hasHeard(stream, secret);
    };
    const still = await eventually(isTold, (told) => !told, onBusyMachine(1_000));
    expect([still, await isTold(), await isTold()]).toEqual([false, false, false]);
    stream.drop();
  });

  test('whoever had a token that was revoked has no stream any more', async () => {
    const { hub, people } = world;
    const { issueAccessToken } = await people.member.run<{
      issueAccessToken: { token: string; accessToken: { id: string } };
    }>('mutation { issueAccessToken(input: { name: "short" }) { token accessToken { id } } }');
    const stream = await listen('contributionAdded', 'contribution { id }', issueAccessToken.token);
    await stream.heartbeat();
    await heard(stream, await contributed('workshop'));
    await world.act(hub.admin, 'revokeAccessToken', { accessToken: issueAccessToken.accessToken.id });
    const revokedAt = performance.now();
    await stream.ended();
    expect(performance.now() - revokedAt).toBeLessThan(onBusyMachine(1_000));
  });
});
