import { anonymous } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { parseRecord } from '#kernel/records/record-format.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

interface Outcome {
  readonly result: string;
  readonly id: string | null;
  readonly field: string | null;
  readonly reason: string | null;
}

const outcomeFields = 'outcomes { result id field reason }';
let sources = 0;

/** Every test has a source of its own. */
const newSource = () => `source ${++sources}`;

async function load(source: string, records: readonly object[], more: object = {}): Promise<readonly Outcome[]> {
  const payload = await hub.change(hub.admin, 'importPeopleRecords', { source, records, ...more }, outcomeFields);
  if (payload.errors.length > 0) throw new Error(JSON.stringify(payload.errors));
  return payload.outcomes as readonly Outcome[];
}

const results = (outcomes: readonly Outcome[]) => outcomes.map(({ result }) => result);

const acme = { kind: 'organization', ref: 'acme', name: 'Acme', relation: 'host', domains: ['acme.example'] };
const care = { kind: 'team', ref: 'care', name: 'Care', organization: 'acme', purpose: 'Listen.' };
const night = { kind: 'team', ref: 'night', name: 'Night shift', organization: 'acme', parent: 'care' };
const ada = {
  kind: 'person',
  ref: 'ada',
  name: 'Ada',
  organization: 'acme',
  teams: ['care'],
  perspectives: { field: 'law', region: 'north' },
  skills: ['Falconry'],
  at: '2021-03-04T05:06:07.089Z',
};
const bob = { kind: 'person', ref: 'bob', name: 'Bob', party: 'customer', at: '2022-01-01T00:00:00.000Z' };
const lab = { kind: 'space', ref: 'lab', name: 'Lab', visibility: 'organization', owners: ['acme'], members: ['ada'] };
const met = { kind: 'interaction', from: 'ada', to: 'bob', at: '2023-01-01T10:00:00.000Z', type: 'meeting', weight: 2 };
const wrote = { kind: 'interaction', from: 'bob', to: 'ada', at: '2023-01-02T10:00:00.000Z' };
const file = [acme, care, night, ada, bob, lab, met, wrote];

/** Without ties, which follow from the first import while the second is under way. */
async function countEvents(): Promise<number> {
  const [row] = await hub.service.database.dataSource.query(
    `SELECT count(*)::integer AS count FROM event WHERE type !~ '^people.(tie|teamTie)[.]'`,
  );
  return row.count;
}

describe('importPeopleRecords', () => {
  test('makes rows of records, with their real dates', async () => {
    const outcomes = await load(newSource(), file);
    expect(results(outcomes)).toEqual(file.map(() => 'CREATED'));
    const [, , , person, , space] = outcomes.map(({ id }) => id);
    const document = `query ($person: ID!, $space: ID!) {
      person(id: $person) {
        name party skills createdAt organization { name } teams { name } perspectives { dimension value }
        memberships { nodes { beganAt endedAt } }
      }
      space(id: $space) { name visibility owners { name } members { nodes { role person { name } } } }
    }`;
    expect((await hub.ask(hub.admin, document, { person, space })).data).toEqual({
      person: {
        name: 'Ada',
        party: 'INTERNAL',
        skills: ['Falconry'],
        createdAt: ada.at,
        organization: { name: 'Acme' },
        teams: [{ name: 'Care' }],
        perspectives: [
          { dimension: 'field', value: 'law' },
          { dimension: 'region', value: 'north' },
        ],
        memberships: { nodes: [{ beganAt: ada.at, endedAt: null }] },
      },
      space: {
        name: 'Lab',
        visibility: 'ORGANIZATION',
        owners: [{ name: 'Acme' }],
        members: { nodes: [{ role: 'MEMBER', person: { name: 'Ada' } }] },
      },
    });
    const [registered] = await hub.events('people.person.registered', String(person));
    expect(registered).toMatchObject({ actor: null, time: new Date(ada.at), data: { party: 'internal' } });
    expect(await hub.events('people.space.memberAdded', String(space))).toMatchObject([
      { space, data: { person, role: 'member' } },
    ]);
  });

  test('changes nothing and tells nobody when it is run again', async () => {
    const source = newSource();
    const first = await load(source, file);
    const before = await countEvents();
    const second = await load(source, file);
    expect(results(second)).toEqual(file.map(() => 'UNCHANGED'));
    expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(await countEvents()).toBe(before);
  });

  test('takes teams and members as sets, and keeps what was as history', async () => {
    const source = newSource();
    const [, , , person, , space] = (await load(source, file)).map(({ id }) => id);
    const moved = { ...ada, teams: ['night'] };
    const regrouped = { ...lab, members: ['bob'] };
    expect(results(await load(source, [moved, regrouped]))).toEqual(['UPDATED', 'UPDATED']);
    const document = `query ($person: ID!, $space: ID!) {
      person(id: $person) { teams { name } memberships { nodes { team { name } endedAt } } }
      space(id: $space) { members { nodes { person { name } } } }
    }`;
    const { data } = await hub.ask(hub.admin, document, { person, space });
    expect(data).toMatchObject({
      person: {
        teams: [{ name: 'Night shift' }],
        memberships: {
          nodes: expect.arrayContaining([
            { team: { name: 'Care' }, endedAt: expect.any(String) },
            { team: { name: 'Night shift' }, endedAt: null },
          ]),
        },
      },
      space: { members: { nodes: [{ person: { name: 'Bob' } }] } },
    });
    expect(results(await load(source, [ada]))).toEqual(['UPDATED']);
    expect(results(await load(source, [ada]))).toEqual(['UNCHANGED']);
  });

  test('leaves alone what a record does not speak of', async () => {
    const source = newSource();
    const [, , , id] = (await load(source, [acme, care, night, ada])).map((outcome) => outcome.id);
    await hub.change(hub.admin, 'revisePerson', {
      person: id,
      handle: `ada ${source}`.replaceAll(' ', '-'),
      party: 'PARTNER',
    });
    const { teams: _teams, perspectives: _perspectives, skills: _skills, ...bare } = ada;
    expect(results(await load(source, [bare]))).toEqual(['UNCHANGED']);
    const document = `query ($id: ID!) { person(id: $id) { handle party skills teams { name } perspectives { value } } }`;
    expect((await hub.ask(hub.admin, document, { id })).data).toMatchObject({
      person: {
        handle: expect.any(String),
        party: 'PARTNER',
        skills: ['Falconry'],
        teams: [{}],
        perspectives: [{}, {}],
      },
    });
    expect(results(await load(source, [{ ...bare, teams: [], perspectives: {}, skills: [] }]))).toEqual(['UPDATED']);
    expect((await hub.ask(hub.admin, document, { id })).data).toMatchObject({
      person: { skills: [], teams: [], perspectives: [] },
    });
  });

  test('gives a heavier interaction its new weight and counts it once', async () => {
    const source = newSource();
    await load(source, file);
    expect(results(await load(source, [{ ...met, weight: 3 }, met, wrote]))).toEqual([
      'UPDATED',
      'UPDATED',
      'UNCHANGED',
    ]);
    const [row] = await hub.service.database.dataSource.query(
      'SELECT count(*)::integer AS count, sum(weight) AS weight FROM interaction WHERE source = $1',
      [source],
    );
    expect(row).toEqual({ count: 2, weight: 3 });
  });

  test.each([
    ['an unknown reference', { ...night, parent: 'nobody' }, 'parent'],
    ['a field nobody knows', { ...acme, colour: 'red' }, 'colour'],
    ['a space of nobody for its owners', { ...lab, owners: [] }, 'owners'],
    ['a kind of another service', { kind: 'challenge', ref: 'c', space: 'lab', title: 'T', at: bob.at }, 'kind'],
  ])('refuses %s and says where', async (_case, wrong, field) => {
    const outcomes = await load(newSource(), [acme, care, ada, bob, wrong, { ...bob, ref: 'behind' }]);
    expect(results(outcomes)).toEqual(['CREATED', 'CREATED', 'CREATED', 'CREATED', 'REFUSED', 'NOT_REACHED']);
    expect(outcomes[4]).toMatchObject({ field, reason: expect.any(String) });
  });

  test('refuses a handle that somebody else has, in the hub or in the batch, and goes on when told to', async () => {
    await hub.person({ handle: 'first' });
    const named = (ref: string, handle: string) => ({ kind: 'person', ref, name: ref, handle });
    const records = [named('a', 'FIRST'), named('b', 'second'), named('c', 'Second'), named('b', 'SECOND')];
    const source = newSource();
    const outcomes = await load(source, records, { onError: 'SKIP' });
    expect(results(outcomes)).toEqual(['REFUSED', 'CREATED', 'REFUSED', 'UPDATED']);
    expect(outcomes[0]).toMatchObject({ field: 'handle' });
  });

  test('refuses teams that would lie below themselves', async () => {
    const source = newSource();
    await load(source, [acme, care, night]);
    const [outcome] = await load(source, [{ ...care, parent: 'night' }]);
    expect(outcome).toMatchObject({ result: 'REFUSED', field: 'parent' });
  });

  test('is for administrators', async () => {
    const input = { source: newSource(), records: [acme] };
    expect((await hub.change(await hub.person(), 'importPeopleRecords', input)).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, 'importPeopleRecords', input)).code).toBe('UNAUTHENTICATED');
  });

  test('takes as many statements for many records as for one', async () => {
    const crowd = (source: string, count: number) => {
      const records = Array.from({ length: count }, (_, index) => ({ ...ada, ref: `person ${index}` }));
      return { source, records: [acme, care, ...records] };
    };
    const document = `mutation ($input: ImportPeopleRecordsInput!) { importPeopleRecords(input: $input) { ${outcomeFields} } }`;
    const few = await hub.ask(hub.admin, document, { input: crowd(newSource(), 1) });
    const many = await hub.ask(hub.admin, document, { input: crowd(newSource(), 200) });
    expect(many.statements).toBe(few.statements);
  });
});

describe('the export', () => {
  const references = `query ($source: String!, $references: [RecordKeyInput!]!) {
    peopleReferences(source: $source, references: $references) { kind ref id }
  }`;
  const pages = (field: string) => `query ($source: String!, $after: String) {
    page: ${field}(source: $source, first: 2, after: $after) { nodes { id record } pageInfo { hasNextPage endCursor } }
  }`;
  interface Page {
    page: { nodes: { id: string; record: object }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }

  async function exported(field: string, source: string): Promise<object[]> {
    const records: object[] = [];
    for (let after: string | null = null; ; ) {
      const { data }: { data: Page } = await hub.ask<Page>(hub.admin, pages(field), { source, after });
      records.push(...data.page.nodes.map(({ record }) => record));
      if (!data.page.pageInfo.hasNextPage) return records;
      after = data.page.pageInfo.endCursor;
    }
  }

  test('gives back what was imported, page by page, and can be imported elsewhere', async () => {
    const source = newSource();
    await load(source, file);
    const found = await exported('sourcePeople', source);
    expect(found).toEqual([acme, care, night, { ...ada, party: 'internal' }, bob, lab]);
    const interactions = await exported('interactionRecords', source);
    expect(interactions).toEqual([met, { ...wrote, type: 'message', weight: 1 }]);
    for (const record of [...found, ...interactions]) expect(parseRecord(record)).toMatchObject({ ok: true });
    expect(results(await load(newSource(), [...found, ...interactions]))).toEqual(file.map(() => 'CREATED'));
    expect(results(await load(source, [...found, ...interactions]))).toEqual(file.map(() => 'UNCHANGED'));
  });

  test('finds which objects records became', async () => {
    const source = newSource();
    const [id] = (await load(source, [acme])).map((outcome) => outcome.id);
    const asked = [
      { kind: 'ORGANIZATION', ref: 'acme' },
      { kind: 'TEAM', ref: 'acme' },
    ];
    expect((await hub.ask(hub.admin, references, { source, references: asked })).data).toEqual({
      peopleReferences: [{ kind: 'ORGANIZATION', ref: 'acme', id }],
    });
  });

  test('names what was made by hand by its id', async () => {
    const organization = await hub.organization({ name: 'By hand', relation: 'SUPPLIER' });
    const { personId } = await hub.person({ organization, party: 'SUPPLIER' });
    const document = 'query ($ids: [ID!]!) { peopleRecords(ids: $ids) { id record } }';
    const ids = [personId, mintId('Person'), organization];
    expect((await hub.ask(hub.admin, document, { ids })).data).toMatchObject({
      peopleRecords: [
        { id: personId, record: { kind: 'person', ref: personId, organization, party: 'supplier' } },
        null,
        { record: { kind: 'organization', ref: organization, name: 'By hand', relation: 'supplier' } },
      ],
    });
  });

  test('is for administrators', async () => {
    const ann = await hub.person();
    const document = 'query { peopleRecords(ids: []) { id } }';
    for (const [viewer, code] of [
      [ann, 'FORBIDDEN'],
      [anonymous, 'UNAUTHENTICATED'],
    ] as const) {
      expect((await hub.ask(viewer, document)).code).toBe(code);
      for (const field of ['sourcePeople', 'interactionRecords']) {
        expect((await hub.ask(viewer, pages(field), { source: 'any' })).code).toBe(code);
      }
      expect((await hub.ask(viewer, references, { source: 'any', references: [] })).code).toBe(code);
    }
  });
});
