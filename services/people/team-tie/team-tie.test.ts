import { anonymous, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { openStream, presentOf, refusalOf } from '#test/hub/open-stream.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { dayMs } from '../tie/decay.js';
import { eventOf, hand, met } from '../tie/ties.fixture.js';

let hub: PeopleFixture;
let host: string;
let partner: string;
let sales: string;
let lab: string;
let ann: PersonViewer;
let bob: PersonViewer;

beforeAll(async () => {
  hub = await startPeople({ heartbeatMs: 20 });
  host = await hub.organization();
});

/** Ann of sales and bob of the lab, both of the host, and a partner. */
beforeEach(async () => {
  partner = await hub.organization({ relation: 'PARTNER' });
  [sales, lab] = [await hub.team({ organization: host }), await hub.team({ organization: host })];
  [ann, bob] = [await member(sales), await member(lab)];
});

afterAll(() => hub.stop());

const ago = (days: number) => new Date(hub.now().getTime() - days * dayMs);
const member = async (team: string) => {
  const person = await hub.person({ organization: host });
  await hub.change(hub.admin, 'joinTeam', { team, person: person.personId });
  return person;
};
const tie = (one: PersonViewer, other: PersonViewer, days = 1) => [
  met(one, other, ago(days + 1), 0.4),
  met(one, other, ago(days), 0.4),
];

interface TeamTie {
  readonly id: string;
  readonly state: string;
  readonly pairs: number;
  readonly teams: readonly { readonly id: string }[];
}

const fields = `id state since lastAt pairs strength crossesOrganizations
  teams { __typename ... on Team { id } ... on Organization { id } } evidence { interactions since lastAt }`;
const tiesOf = async (viewer: Viewer, team: string) => {
  const document = `query ($id: ID!) { team(id: $id) { ties { totalCount nodes { ${fields} } } } }`;
  const { data } = await hub.ask<{ team: { ties: { nodes: TeamTie[] } } | null }>(viewer, document, { id: team });
  return data.team?.ties.nodes;
};
const asTeam = (id: string) => ({ __typename: 'Team', id });

describe('the tie of two teams', () => {
  test('comes from a tie of their people, and stands with both', async () => {
    await hand(hub.service, [met(ann, bob, ago(3))]);
    expect(await tiesOf(ann, sales)).toEqual([]);
    await hand(hub.service, [met(ann, bob, ago(2))]);
    const expected = {
      ...{ state: 'FIRST_CONNECTION', pairs: 1, crossesOrganizations: false },
      teams: expect.arrayContaining([asTeam(sales), asTeam(lab)]),
    };
    expect(await tiesOf(ann, sales)).toMatchObject([expected]);
    expect(await tiesOf(ann, lab)).toMatchObject([expected]);
  });

  test('tells no figures of two persons', async () => {
    await hand(hub.service, tie(ann, bob));
    expect(await tiesOf(ann, sales)).toMatchObject([{ pairs: 1, strength: null, evidence: { interactions: null } }]);
    await hand(hub.service, tie(await member(sales), bob));
    expect(await tiesOf(ann, sales)).toMatchObject([
      { state: 'CONNECTED', pairs: 2, strength: expect.closeTo(0.8, 1), evidence: { interactions: 2 } },
    ]);
  });

  test('is that of the organisation for people from outside', async () => {
    const eva = await hub.person({ organization: partner, party: 'PARTNER' });
    await hand(hub.service, [met(ann, eva, ago(2)), met(eva, ann, ago(1))]);
    expect(await tiesOf(ann, sales)).toMatchObject([
      {
        ...{ state: 'RECIPROCATED', crossesOrganizations: true },
        teams: expect.arrayContaining([asTeam(sales), { __typename: 'Organization', id: partner }]),
      },
    ]);
    const document = 'query ($id: ID!) { organization(id: $id) { ties { totalCount } } }';
    const { data } = await hub.ask(ann, document, { id: partner });
    expect(data).toEqual({ organization: { ties: { totalCount: 1 } } });
  });

  test('is that of the teams they were in at the time', async () => {
    const cem = await member(sales);
    const other = await hub.team({ organization: host });
    await hub.change(hub.admin, 'leaveTeam', { team: sales, person: cem.personId });
    hub.wait(5 * dayMs);
    await hub.change(hub.admin, 'joinTeam', { team: other, person: cem.personId });
    hub.wait(5 * dayMs);
    await hand(hub.service, tie(cem, bob, 11));
    expect([await tiesOf(ann, sales), await tiesOf(ann, other)]).toMatchObject([[{ state: 'FIRST_CONNECTION' }], []]);
    await hand(hub.service, [met(cem, bob, ago(8))]);
    expect(await tiesOf(ann, other)).toEqual([]);
    await hand(hub.service, [met(cem, bob, ago(1))]);
    expect(await tiesOf(ann, other)).toHaveLength(1);
  });

  test('does not come from people of one team, or of none', async () => {
    const [cem, homeless] = [await member(sales), await hub.person()];
    await hand(hub.service, [...tie(ann, cem), ...tie(ann, homeless)]);
    expect(await tiesOf(ann, sales)).toEqual([]);
  });

  test('is at risk after 45 days of silence and dormant after 90', async () => {
    await hand(hub.service, tie(ann, bob, 46));
    expect(await tiesOf(ann, sales)).toMatchObject([{ state: 'AT_RISK' }]);
    hub.wait(50 * dayMs);
    expect(await tiesOf(ann, sales)).toMatchObject([{ state: 'DORMANT' }]);
    await hand(hub.service, [met(ann, bob, ago(1), 0.1)]);
    expect(await tiesOf(ann, sales)).toMatchObject([{ state: 'REVIVED' }]);
  });

  test('is found by its id, and does not exist for who is not signed in', async () => {
    await hand(hub.service, tie(ann, bob));
    const [found] = (await tiesOf(ann, sales)) ?? [];
    const node = 'query ($id: ID!) { node(id: $id) { __typename id } }';
    expect((await hub.ask(bob, node, { id: found?.id })).data).toEqual({
      node: { __typename: 'TeamTie', id: found?.id },
    });
    expect((await hub.ask(anonymous, node, { id: found?.id })).data).toEqual({ node: null });
    expect(await tiesOf(anonymous, sales)).toBeUndefined();
  });

  test('costs the same number of statements however many there are', async () => {
    const evidence = 'evidence { ideas { __typename } conversations { __typename } }';
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Team { ties { totalCount nodes { ${fields} ${evidence} } } } } }`;
    await hand(hub.service, tie(ann, bob));
    const one = await hub.ask(ann, document, { ids: [sales] });
    for (let more = 0; more < 3; more += 1)
      await hand(hub.service, tie(ann, await member(await hub.team({ organization: host }))));
    const several = await hub.ask<{ nodes: { ties: { totalCount: number } }[] }>(ann, document, { ids: [sales, lab] });
    expect(several.data.nodes.map(({ ties }) => ties.totalCount)).toEqual([4, 1]);
    expect(several.statements).toBe(one.statements);
  });
});

describe('crossTeamConnectionMade', () => {
  const subscription = `subscription (
    $after: Cursor, $teams: [ID!], $organizations: [ID!], $partyKinds: [Party!], $kinds: [ConnectionKind!], $spaces: [ID!]
  ) {
    crossTeamConnectionMade(after: $after, teams: $teams, organizations: $organizations, partyKinds: $partyKinds, kinds: $kinds,
      spaces: $spaces) {
      kind firstEver crossesOrganizations teams { ... on Team { id } ... on Organization { id } } people { id } tie { state }
    } }`;

  interface Asked {
    readonly viewer?: Viewer;
    readonly [argument: string]: unknown;
  }

  /** What is told of what happens in the meantime to each who asks. */
  const toldOf = async (events: Parameters<typeof hand>[1], ...filters: readonly Asked[]) => {
    const after = await presentOf(hub.service);
    await hand(hub.service, events);
    const { cursor } = await hub.change(hub.admin, 'formTeam', { name: 'The last event' });
    return Promise.all(
      filters.map(async ({ viewer = ann, ...filter }) => {
        const stream = await openStream(hub.service, viewer, subscription, { after, ...filter });
        const told = await stream.eventsUpTo(cursor ?? '');
        stream.end();
        return told.map(({ result }) => result.data?.crossTeamConnectionMade as { kind: string });
      }),
    );
  };
  const kinds = (told: readonly { kind: string }[] | undefined) => told?.map(({ kind }) => kind);

  test('tells of the first connection once, of whom it is, and how it goes on', async () => {
    const cem = await member(lab);
    const events = [...tie(ann, bob, 3), met(ann, bob, ago(1)), ...tie(cem, ann, 1), met(ann, cem, ago(0), 1)];
    const [told] = await toldOf([...events, ...events], {});
    expect(kinds(told)).toEqual(['FIRST_CONNECTION', 'CONNECTED', 'RECIPROCATED']);
    expect(told?.[0]).toMatchObject({
      ...{ firstEver: true, crossesOrganizations: false, tie: { state: 'RECIPROCATED' } },
      teams: expect.arrayContaining([{ id: sales }, { id: lab }]),
      people: expect.arrayContaining([{ id: ann.personId }, { id: bob.personId }]),
    });
  });

  test('tells who asks for teams, organisations, parties or kinds of these only', async () => {
    const eva = await hub.person({ organization: partner, party: 'PARTNER' });
    const asked = [
      { teams: [lab] },
      { organizations: [partner] },
      { partyKinds: ['PARTNER'] },
      { kinds: ['CONNECTED'] },
    ];
    const told = await toldOf([...tie(ann, eva), ...tie(ann, bob)], ...asked, { partyKinds: ['CUSTOMER'] });
    expect(told.map((events) => events.length)).toEqual([1, 1, 1, 0, 0]);
    expect(told[1]).toMatchObject([{ crossesOrganizations: true }]);
  });

  test('tells of what falls asleep to who asks for it', async () => {
    const events = [...tie(ann, bob, 200), met(ann, bob, ago(1))];
    const [made, all] = await toldOf(events, {}, { kinds: ['AT_RISK', 'DORMANT', 'REVIVED'] });
    expect(kinds(made)).toEqual(['FIRST_CONNECTION', 'REVIVED']);
    expect(kinds(all)).toEqual(['AT_RISK', 'DORMANT', 'REVIVED']);
    expect(all?.[0]).toMatchObject({ people: [] });
  });

  test('tells where it grew from to those only who may enter the space', async () => {
    const space = await hub.space(ann, { visibility: 'PRIVATE' });
    const message = { conversation: mintId('Conversation'), idea: null, channel: 'internal', party: null } as const;
    const said = (days: number) =>
      eventOf({
        ...{ type: 'conversations.message.posted', subject: mintId('Message'), actor: ann.personId, space },
        at: ago(days).toISOString(),
        data: { ...message, replyTo: null, repliedTo: null, mentions: [bob.personId] },
      });
    const told = await toldOf(
      [said(2), said(1)],
      { spaces: [space] },
      { spaces: [space], viewer: bob },
      { viewer: bob },
    );
    expect(told.map((events) => events.length)).toEqual([1, 0, 1]);
  });

  test('is for who is signed in', async () => {
    expect(await refusalOf(hub.service, anonymous, subscription)).toBe('UNAUTHENTICATED');
  });

  test('does not name people who want no ties', async () => {
    const after = await presentOf(hub.service);
    await hand(hub.service, tie(ann, bob));
    await hub.change(bob, 'setConsent', { ties: false });
    const stream = await openStream(hub.service, ann, subscription, { after });
    const { result } = await stream.nextEvent();
    stream.end();
    expect(result.data?.crossTeamConnectionMade).toMatchObject({ kind: 'FIRST_CONNECTION', people: [], tie: null });
  });
});
