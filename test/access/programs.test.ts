/** What a program of a partner brings in, where it may, and how others see who did. */
import type { TestClient } from '#test/hub/graphql-client.js';
import { registerPerson } from '#test/hub/seed.js';
import { change } from '#test/hub/talk.js';
import { newClient, readingScopes, writingScopes } from './api-clients.js';
import { tryTo } from './outcome.js';
import { startWorld, type World } from './world.js';

let world: World;
let program: TestClient;
/** The same, limited to the workshop. */
let limited: TestClient;
/** Of an organisation that no agreement lets in any more. */
let strange: TestClient;

const scopes = [...readingScopes, 'ideas:write', 'conversations:write'];

beforeAll(async () => {
  world = await startWorld();
  const { birch, dune, space } = world.ids;
  program = await newClient(world, scopes, { organization: birch, name: 'Birch bridge' });
  limited = await newClient(world, scopes, { organization: birch, spaces: [space] });
  strange = await newClient(world, scopes, { organization: dune });
}, 60_000);

afterAll(() => world.stop());

const brought = '{ idea(id: "ID") { authors { name } program { id name organization { id } } } }';

async function seen(as: TestClient, idea: string) {
  const { data } = await as.send<{ idea: Record<string, unknown> | null }>(brought.replace('ID', idea));
  return data?.idea ?? null;
}

describe('a program of a partner', () => {
  test('brings ideas, contributions, conversations and messages in under its own name', async () => {
    const { act, ids, people } = world;
    const idea = await act(program, 'submitIdea', { space: ids.space, title: 'From Birch' }, 'idea');
    const contribution = await act(program, 'contributeToIdea', { idea, type: 'BUILD', body: 'More' }, 'contribution');
    const opened = { space: ids.space, title: 'About it', message: 'Hello' };
    const conversation = await act(program, 'openConversation', opened, 'conversation');
    const message = await act(program, 'postMessage', { conversation, body: 'And more' }, 'message');
    const document = `{
      idea(id: "${idea}") { authors { name } program { name organization { name } } revisions(first: 1) { nodes { editor { name } } } }
      contribution(id: "${contribution}") { author { name } program { name } }
      conversation(id: "${conversation}") { opener { name } program { name } }
      message(id: "${message}") { author { name } program { name } }
    }`;
    const by = { name: 'Birch bridge' };
    expect(await people.member.run(document)).toEqual({
      idea: {
        authors: [],
        program: { ...by, organization: { name: 'Birch' } },
        revisions: { nodes: [{ editor: null }] },
      },
      contribution: { author: null, program: by },
      conversation: { opener: null, program: by },
      message: { author: null, program: by },
    });
  });

  test('answers for the ideas of people it names, beside them', async () => {
    const { act, ids, people } = world;
    const asked = { space: ids.space, title: 'Of Bea', authors: [people.partner.id] };
    const idea = await act(program, 'submitIdea', asked, 'idea');
    expect(await seen(people.member, idea)).toMatchObject({
      authors: [{ name: 'Bea' }],
      program: { name: 'Birch bridge' },
    });
    const notPeople = { space: ids.space, title: 'Of nobody', authors: [ids.idea] };
    expect(await tryTo(program, 'submitIdea', notPeople)).toBe('INVALID');
    expect(await tryTo(people.member, 'submitIdea', notPeople)).toBe('INVALID');
  });

  test('keeps up to date what it brought, and nothing else', async () => {
    const { act, ids } = world;
    const idea = await act(program, 'submitIdea', { space: ids.space, title: 'First words' }, 'idea');
    await change(program, 'reviseIdea', { idea, baseRevision: 1, title: 'Better words' });
    await change(program, 'moveIdea', { idea, stage: 'trial' });
    const message = await act(program, 'postMessage', { conversation: ids.conversation, body: 'Hi' }, 'message');
    await change(program, 'editMessage', { message, body: 'Hello' });
    await change(program, 'removeMessage', { message });
    expect(await tryTo(limited, 'reviseIdea', { idea, baseRevision: 2, title: 'Not mine' })).toBe('FORBIDDEN');
    expect(await tryTo(program, 'editMessage', { message: ids.message, body: 'Not mine' })).toBe('FORBIDDEN');
    expect(await tryTo(program, 'moveIdea', { idea: ids.idea, stage: 'mine' })).toBe('FORBIDDEN');
  });

  test('does a thing once for one idempotency key, which another program does not share', async () => {
    const { act, ids } = world;
    const input = { space: ids.space, title: 'Once', idempotencyKey: 'row 1' };
    const idea = await act(program, 'submitIdea', input, 'idea');
    expect(await act(program, 'submitIdea', input, 'idea')).toBe(idea);
    expect(await act(limited, 'submitIdea', input, 'idea')).not.toBe(idea);
  });

  test('does nothing that takes a person', async () => {
    const { ids } = world;
    expect(await tryTo(program, 'endorseIdea', { idea: ids.idea })).toBe('FORBIDDEN');
    expect(await tryTo(program, 'react', { message: ids.message, emoji: '🎉' })).toBe('FORBIDDEN');
    expect(await tryTo(program, 'openChallenge', { space: ids.space, title: 'As a guest?' })).toBe('FORBIDDEN');
  });

  test('enters only what is open to its organisation, and only its spaces when it is limited to some', async () => {
    const { ids } = world;
    const into = (as: TestClient, space: string) => tryTo(as, 'submitIdea', { space, title: 'Into it' });
    expect([await into(program, ids.open), await into(limited, ids.open)]).toEqual(['done', 'NOT_FOUND']);
    expect([await into(limited, ids.space), await into(strange, ids.space)]).toEqual(['done', 'NOT_FOUND']);
    expect(await tryTo(strange, 'postMessage', { conversation: ids.conversation, body: 'Hi' })).toBe('NOT_FOUND');
    expect(await tryTo(strange, 'contributeToIdea', { idea: ids.idea, type: 'BUILD', body: 'Hi' })).toBe('NOT_FOUND');
  });

  test('without the scope writes nothing', async () => {
    const reading = await newClient(world, readingScopes, { organization: world.ids.birch });
    expect(await tryTo(reading, 'submitIdea', { space: world.ids.space, title: 'No' })).toBe('FORBIDDEN');
  });

  test('is known to whoever sees what it wrote, and has no ties', async () => {
    const { act, ids, people, hub } = world;
    const idea = await act(program, 'submitIdea', { space: ids.space, title: 'Seen by' }, 'idea');
    const contribution = await act(program, 'contributeToIdea', { idea, type: 'BUILD', body: 'x' }, 'contribution');
    const answer = { idea, type: 'BUILD', body: 'An answer', replyTo: contribution };
    await act(people.guest, 'contributeToIdea', answer, 'contribution');
    for (const viewer of [people.guest, people.partner, people.member])
      expect(await seen(viewer, idea)).toMatchObject({ program: { name: 'Birch bridge' } });
    expect(await seen(people.customer, idea)).toBeNull();
    expect(await hub.service('people').consumer('on-idea-joined').catchUp(10_000)).toBe(true);
    const ties = await hub
      .service('people')
      .database.dataSource.query("SELECT count(*)::int AS count FROM tie WHERE a LIKE 'client%' OR b LIKE 'client%'");
    expect(ties).toEqual([{ count: 0 }]);
  });

  test('learns what was hidden of its words and why, and appeals', async () => {
    const { act, ids, people } = world;
    const idea = await act(program, 'submitIdea', { space: ids.space, title: 'Too loud' }, 'idea');
    const message = await act(program, 'postMessage', { conversation: ids.conversation, body: 'Too loud' }, 'message');
    await act(people.moderator, 'hideIdeaContent', { content: idea, reason: 'An advertisement.' });
    await act(people.moderator, 'hideConversationContent', { content: message, reason: 'An advertisement.' });
    const own = `{
      ownIdeaCases(first: 1) { nodes { state reason hiddenBy { id } content { ... on Idea { id } } } }
      ownConversationCases(first: 1) { nodes { state reason content { ... on Message { id } } } }
    }`;
    const told = { state: 'HIDDEN', reason: 'An advertisement.' };
    expect(await program.run(own)).toEqual({
      ownIdeaCases: { nodes: [{ ...told, hiddenBy: null, content: { id: idea } }] },
      ownConversationCases: { nodes: [{ ...told, content: { id: message } }] },
    });
    for (const other of [limited, strange])
      expect(await other.run(own)).toEqual({ ownIdeaCases: { nodes: [] }, ownConversationCases: { nodes: [] } });
    expect(await tryTo(limited, 'appealIdeaHiding', { content: idea, text: 'Not mine' })).toBe('NOT_FOUND');
    expect(await tryTo(program, 'appealIdeaHiding', { content: idea, text: 'It is none.' })).toBe('done');
    expect(await tryTo(program, 'appealConversationHiding', { content: message, text: 'It is none.' })).toBe('done');
    const answer = { content: idea, decision: 'RESTORE', note: 'So it is.' };
    expect(await tryTo(program, 'decideIdeaAppeal', answer)).toBe('FORBIDDEN');
    await act(people.moderator, 'decideIdeaAppeal', answer);
    expect(await seen(people.member, idea)).toMatchObject({ program: { name: 'Birch bridge' } });
  });

  test('stays who wrote it when it is revoked', async () => {
    const { act, ids, people, hub } = world;
    const short = await newClient(world, scopes, { organization: ids.birch, name: 'Short-lived' });
    const idea = await act(short, 'submitIdea', { space: ids.space, title: 'Left behind' }, 'idea');
    const program = (await seen(people.member, idea))?.program as { id: string };
    await change(hub.admin, 'revokeApiClient', { apiClient: program.id });
    expect(await seen(people.member, idea)).toMatchObject({ program: { name: 'Short-lived' } });
  });

  test('is named by the audit log', async () => {
    const { act, ids, hub } = world;
    const message = await act(program, 'postMessage', { conversation: ids.conversation, body: 'Oops' }, 'message');
    await change(program, 'removeMessage', { message });
    await hub.service('people').consumer('on-conversations-audited').catchUp(10_000);
    const { auditLog } = await hub.admin.run<{ auditLog: { nodes: { action: string; actorId: string }[] } }>(
      'query ($subject: ID!) { auditLog(filter: { subject: $subject }) { nodes { action actorId } } }',
      { subject: message },
    );
    expect(auditLog.nodes).toEqual([
      { action: 'conversations.message.removed', actorId: expect.stringMatching(/^client_/) },
    ]);
  });
});

describe('records', () => {
  test('are moved by programs of the host that are not limited to spaces, when an administrator says so', async () => {
    const { ids, hub, act } = world;
    const asked = { name: 'Mover', scopes: ['records:import'] };
    const create = (input: object) => tryTo(hub.admin, 'createApiClient', { ...asked, ...input });
    expect(await create({ organization: ids.birch })).toBe('INVALID');
    expect(await create({ organization: ids.host, spaces: [ids.open] })).toBe('INVALID');
    const boss = await registerPerson(hub, { name: 'Boss', organization: ids.host });
    await act(hub.admin, 'appointOrganizationAdministrator', { organization: ids.host, person: boss.id });
    expect(await tryTo(boss, 'createApiClient', { ...asked, organization: ids.host })).toBe('FORBIDDEN');
    const mover = await newClient(world, writingScopes);
    const record = { kind: 'organization', ref: 'elm', name: 'Elm', relation: 'supplier' };
    const { importPeopleRecords } = await mover.run<{ importPeopleRecords: { outcomes: { result: string }[] } }>(
      'mutation ($input: ImportPeopleRecordsInput!) { importPeopleRecords(input: $input) { outcomes { result reason } errors { message } } }',
      { input: { source: 'a program', records: [record] } },
    );
    expect(importPeopleRecords).toMatchObject({ outcomes: [{ result: 'CREATED' }], errors: [] });
    const unscoped = await newClient(world, readingScopes);
    expect(await tryTo(unscoped, 'importPeopleRecords', { source: 'x', records: [] })).toBe('FORBIDDEN');
  });
});
