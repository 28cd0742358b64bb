import type { TestClient } from '#test/hub/graphql-client.js';
import { openSpace, registerOrganization, registerPerson, type TestPerson } from '#test/hub/seed.js';
import { change } from '#test/hub/talk.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** Those whose access is told: each stands somewhere else towards one space. */
export const columns = [
  'anonymous',
  'member',
  'outsider',
  'guest',
  'customer',
  'partner',
  'expartner',
  'moderator',
  'administrator',
] as const;
export type Column = (typeof columns)[number];

/**
 * A workshop of the host, for its people: mira owns it and wrote what is in it. A partner sees it by an agreement, a former
 * partner did until theirs was revoked; customer and outsider have nothing to do with it.
 */
export interface World {
  readonly hub: TestHub;
  readonly viewers: Readonly<Record<Column, TestClient>>;
  /** Everybody by name, for stories of their own. */
  readonly people: Readonly<Record<Exclude<Column, 'anonymous' | 'administrator'> | 'owner' | 'zoe', TestPerson>>;
  readonly ids: Readonly<Record<Named, string>>;
  /** Sends a mutation; the id at this place of its payload, empty when it is not asked for. */
  act(as: TestClient, mutation: string, input: object, noun?: string): Promise<string>;
  /** Everything that people told has arrived in the other services, and what these told in people. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export type Named =
  | 'host'
  | 'birch'
  | 'dune'
  | 'team'
  | 'owner'
  | 'space'
  | 'open'
  | 'membership'
  | 'spaceMembership'
  | 'agreement'
  | 'invitation'
  | 'erasure'
  | 'challenge'
  | 'base'
  | 'idea'
  | 'contribution'
  | 'conversation'
  | 'message'
  | 'reaction';

export async function startWorld(): Promise<World> {
  const hub = await startTestHub();
  const act: World['act'] = (as, mutation, input, noun) => send(as, mutation, input, noun);
  const settle = () => settleCopies(hub);
  const [host, birch, dune] = [
    await registerOrganization(hub, { name: 'Acme', relation: 'HOST' }),
    await registerOrganization(hub, { name: 'Birch' }),
    await registerOrganization(hub, { name: 'Dune' }),
  ];
  const people = {
    owner: await registerPerson(hub, { name: 'Mira', organization: host, handle: 'mira' }),
    zoe: await registerPerson(hub, { name: 'Zoe' }),
    member: await registerPerson(hub, { name: 'Jon' }),
    outsider: await registerPerson(hub, { name: 'Olga' }),
    guest: await registerPerson(hub, { name: 'Gus', party: 'CUSTOMER' }),
    customer: await registerPerson(hub, { name: 'Cara', party: 'CUSTOMER' }),
    partner: await registerPerson(hub, { name: 'Bea', party: 'PARTNER', organization: birch }),
    expartner: await registerPerson(hub, { name: 'Dan', party: 'PARTNER', organization: dune }),
    moderator: await registerPerson(hub, { name: 'Fay' }),
  };
  const { owner } = people;
  const space = await openSpace(hub, owner, { name: 'Workshop', visibility: 'ORGANIZATION', owners: [host] });
  const open = await openSpace(hub, people.zoe, { name: 'Open to all' });
  for (const [name, role] of [
    ['member', 'MEMBER'],
    ['guest', 'GUEST'],
    ['moderator', 'FACILITATOR'],
  ] as const) {
    await act(owner, 'addSpaceMember', { space, person: people[name].id, role });
  }
  const agreement = await agree(hub, act, host, birch, space);
  const former = await agree(hub, act, host, dune, space);
  await act(hub.admin, 'revokeSharingAgreement', { sharingAgreement: former, organization: host });
  await settle();
  const content = await fill(act, people, space);
  const team = await act(hub.admin, 'formTeam', { name: 'Core', organization: host }, 'team');
  const membership = await act(hub.admin, 'joinTeam', { team, person: owner.id }, 'membership');
  const invitation = await act(owner, 'inviteToSpace', { space, role: 'GUEST', email: 'a@b.example' }, 'invitation');
  const gone = await act(hub.admin, 'registerPerson', { name: 'Gone' }, 'person');
  const erasure = await act(hub.admin, 'erasePerson', { person: gone }, 'erasure');
  await settle();
  const named = { host, birch, dune, team, owner: owner.id, space, open, membership, agreement, invitation, erasure };
  const { administrator: _, ...rest } = { ...people, administrator: undefined };
  return {
    hub,
    viewers: { ...rest, anonymous: hub.anonymous, administrator: hub.admin },
    people,
    ids: { ...named, ...content, spaceMembership: await membershipIn(hub.admin, space) },
    act,
    settle,
    stop: () => hub.stop(),
  };
}

/** An agreement of the host with a partner, in force: what crosses is everything unless said otherwise. */
export async function agree(
  { admin, client }: Pick<TestHub, 'admin' | 'client'>,
  act: World['act'],
  host: string,
  partner: string,
  space: string,
  rights: readonly string[] = ['READ', 'CONTRIBUTE', 'PEOPLE'],
): Promise<string> {
  const input = { organization: host, partners: [partner], spaces: [space], rights };
  const agreement = await act(admin, 'proposeSharingAgreement', input, 'sharingAgreement');
  const signer = await registerPerson({ admin, client }, { name: 'Signer', party: 'PARTNER', organization: partner });
  await act(admin, 'appointOrganizationAdministrator', { organization: partner, person: signer.id });
  await act(signer, 'signSharingAgreement', { sharingAgreement: agreement, organization: partner });
  return agreement;
}

type Content = Pick<
  World['ids'],
  'challenge' | 'base' | 'idea' | 'contribution' | 'conversation' | 'message' | 'reaction'
>;

async function fill(act: World['act'], { owner, member }: World['people'], space: string): Promise<Content> {
  const challenge = await act(owner, 'openChallenge', { space, title: 'Secret question' }, 'challenge');
  const base = await act(owner, 'submitIdea', { space, title: 'Secret base' }, 'idea');
  const asked = { space, title: 'Secret plan', challenge, buildsOn: [base] };
  const idea = await act(owner, 'submitIdea', asked, 'idea');
  await change(owner, 'reviseIdea', { idea, baseRevision: 1, body: 'Secret words' });
  await change(owner, 'endorseIdea', { idea });
  await change(member, 'reportIdeaContent', { content: idea, reason: 'OTHER' });
  const contribution = await act(
    owner,
    'contributeToIdea',
    { idea, type: 'BUILD', body: 'Secret step' },
    'contribution',
  );
  const conversation = await act(owner, 'openConversation', { space, title: 'Secret talk', idea }, 'conversation');
  const said = { conversation, body: 'Secret message', mentions: [owner.id, member.id] };
  const message = await act(owner, 'postMessage', said, 'message');
  const reaction = await act(owner, 'react', { message, emoji: '👍' }, 'reaction');
  return { challenge, base, idea, contribution, conversation, message, reaction };
}

interface Payload {
  readonly errors: readonly { readonly code: string }[];
  readonly [noun: string]: unknown;
}

async function send(as: TestClient, mutation: string, input: object, noun?: string): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { payload } = await as.run<{ payload: Payload }>(
    `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${noun ? `${noun} { id }` : ''} errors { code message } } }`,
    { input },
  );
  if (payload.errors.length > 0) throw new Error(`${mutation} failed: ${JSON.stringify(payload.errors)}`);
  const thing = noun ? payload[noun] : null;
  return typeof thing === 'object' && thing !== null && 'id' in thing ? String(thing.id) : '';
}

async function membershipIn(admin: TestClient, space: string): Promise<string> {
  const { space: found } = await admin.run<{ space: { members: { nodes: { id: string }[] } } }>(
    'query ($id: ID!) { space(id: $id) { members(first: 1) { nodes { id } } } }',
    { id: space },
  );
  return found.members.nodes[0]?.id ?? '';
}

async function settleCopies(hub: TestHub): Promise<void> {
  const copies = [
    ...(['ideas', 'conversations'] as const).map((name) => hub.service(name).consumer('on-space-changed')),
    ...['on-appeared-in-ideas', 'on-appeared-in-conversations', 'on-message-addressed'].map((name) =>
      hub.service('people').consumer(name),
    ),
  ];
  const settled = await Promise.all(copies.map((copy) => copy.catchUp(10_000)));
  if (settled.includes(false)) throw new Error('What was told did not arrive within 10 s.');
}
