import { mintId } from '#kernel/ids/id.js';
import { eventsOf } from '#test/hub/read-events.js';
import { type Story, seed } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

let hub: TestHub;
let story: Story;
let source = '';
let sources = 0;

beforeAll(async () => {
  hub = await startTestHub();
  story = await seed(hub);
});

afterAll(async () => {
  await hub.stop();
});

beforeEach(() => {
  sources += 1;
  source = `source-${sources}`;
});

interface Outcome {
  readonly result: string;
  readonly id: string | null;
  readonly field: string | null;
  readonly reason: string | null;
}

const document = `mutation ($input: ImportIdeaRecordsInput!) { importIdeaRecords(input: $input) {
  outcomes { result id field reason } cursor errors { code path } } }`;

function inputOf(records: object[], more: object = {}): object {
  const references = [
    { kind: 'SPACE', ref: 'lab', id: story.space },
    { kind: 'SPACE', ref: 'hall', id: story.hidden },
    { kind: 'PERSON', ref: 'mira', id: story.mira.id },
    { kind: 'PERSON', ref: 'm.ira', id: story.mira.id },
    { kind: 'PERSON', ref: 'jon', id: story.jon.id },
  ];
  return { input: { source, records, references, ...more } };
}

async function importAll(records: object[], more: object = {}) {
  const { importIdeaRecords } = await hub.admin.run<{
    importIdeaRecords: { outcomes: Outcome[]; cursor: string | null; errors: object[] };
  }>(document, inputOf(records, more));
  return importIdeaRecords;
}

const results = async (records: object[], more: object = {}) =>
  (await importAll(records, more)).outcomes.map(({ result }) => result);

const challenge = {
  kind: 'challenge',
  ref: 'c1',
  space: 'lab',
  title: 'How?',
  author: 'mira',
  at: '2020-01-01T00:00:00Z',
};
const idea = { kind: 'idea', ref: 'i1', space: 'lab', title: 'By bike', authors: ['mira'], at: '2020-02-01T00:00:00Z' };
const answer = { ...idea, ref: 'i2', title: 'By boat', buildsOn: ['i1'], challenge: 'c1', tags: ['a', 'a', 'b'] };
const contribution = {
  kind: 'contribution',
  ref: 'k1',
  idea: 'i1',
  author: 'jon',
  type: 'build',
  body: 'x',
  at: '2020-03-01T00:00:00Z',
};
const reply = { ...contribution, ref: 'k2', author: 'mira', type: 'question', replyTo: 'k1' };
const endorsement = { kind: 'endorsement', idea: 'i1', person: 'jon', at: '2020-04-01T00:00:00Z' };
const file = [challenge, idea, answer, contribution, reply, endorsement];

/** What is told of things; that there was an import is for the audit log. */
const toldOfThings = async () => (await eventsOf(hub, 'ideas')).filter(({ type }) => type !== 'ideas.records.imported');
const eventsSince = async (count: number) => (await toldOfThings()).slice(count);
const countEvents = async () => (await toldOfThings()).length;
const idOf = async (ref: string) => {
  const { ideaReferences } = await hub.admin.run<{ ideaReferences: { id: string }[] }>(
    'query ($source: String!, $ref: String!) { ideaReferences(source: $source, references: [{ kind: IDEA, ref: $ref }]) { id } }',
    { source, ref },
  );
  return ideaReferences[0]?.id ?? '';
};
const countsOf = async (ref: string) =>
  (
    await hub.admin.run<{ idea: { contributions: { totalCount: number }; endorsements: { totalCount: number } } }>(
      'query ($id: ID!) { idea(id: $id) { contributions { totalCount } endorsements { totalCount } } }',
      { id: await idOf(ref) },
    )
  ).idea;

describe('an import', () => {
  test('creates what is new, with its own dates and authors', async () => {
    expect(await results(file)).toEqual(file.map(() => 'CREATED'));
    const { idea: found } = await story.jon.run<{ idea: object }>(
      'query ($id: ID!) { idea(id: $id) { title tags createdAt stage authors { id } challenge { title } buildsOn { nodes { title } } } }',
      { id: await idOf('i2') },
    );
    expect(found).toEqual({
      title: 'By boat',
      tags: ['a', 'b'],
      createdAt: '2020-02-01T00:00:00.000Z',
      stage: 'submitted',
      authors: [{ id: story.mira.id }],
      challenge: { title: 'How?' },
      buildsOn: { nodes: [{ title: 'By bike' }] },
    });
  });

  test('tells of what it created as it was then', async () => {
    const before = await countEvents();
    await importAll(file);
    const events = await eventsSince(before);
    expect(events.map(({ type, actor }) => [type, actor])).toEqual([
      ['ideas.challenge.opened', story.mira.id],
      ['ideas.idea.submitted', story.mira.id],
      ['ideas.idea.submitted', story.mira.id],
      ['ideas.contribution.added', story.jon.id],
      ['ideas.contribution.added', story.mira.id],
      ['ideas.idea.endorsed', story.jon.id],
    ]);
    expect(events.map(({ time }) => time.getUTCFullYear())).toEqual(events.map(() => 2020));
    expect(events[4]?.data).toMatchObject({ repliedTo: story.jon.id, ideaAuthors: [story.mira.id] });
  });

  test('of the same again changes nothing and tells nothing', async () => {
    await importAll(file);
    const before = await countEvents();
    const { outcomes, cursor } = await importAll(file);
    expect(outcomes.map(({ result }) => result)).toEqual(file.map(() => 'UNCHANGED'));
    expect(cursor).toBeNull();
    expect(await eventsSince(before)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a challenge', { ...challenge, closesAt: '2021-01-01T00:00:00Z' }, 'ideas.challenge.revised'],
    ['the words of an idea', { ...idea, title: 'By cargo bike' }, 'ideas.idea.revised'],
    ['the stage of an idea', { ...idea, stage: 'tried' }, 'ideas.idea.revised'],
    ['what an idea builds on', { ...answer, buildsOn: [] }, 'ideas.idea.revised'],
    ['a contribution', { ...contribution, body: 'y' }, 'ideas.contribution.revised'],
  ])('changes %s, and tells of it', async (_, record, type) => {
    await importAll(file);
    const before = await countEvents();
    expect(await results([record])).toEqual(['UPDATED']);
    expect(await eventsSince(before)).toMatchObject([{ type }]);
    expect(await results([record])).toEqual(['UNCHANGED']);
  });

  test('keeps the earlier words of an idea', async () => {
    await importAll([idea]);
    await importAll([{ ...idea, title: 'By cargo bike' }]);
    const found = await story.jon.run(
      'query ($id: ID!) { idea(id: $id) { revision revisions { totalCount nodes { revision title } } } }',
      { id: await idOf('i1') },
    );
    const nodes = [
      { revision: 2, title: 'By cargo bike' },
      { revision: 1, title: 'By bike' },
    ];
    expect(found).toEqual({ idea: { revision: 2, revisions: { totalCount: 2, nodes } } });
  });

  test('of the same record twice in one batch takes the last word', async () => {
    expect(await results([idea, { ...idea, title: 'Later' }, { ...idea, title: 'Later' }])).toEqual([
      'CREATED',
      'UPDATED',
      'UNCHANGED',
    ]);
  });

  test('of two sources keeps their refs apart', async () => {
    await importAll([idea]);
    const first = await idOf('i1');
    source = `${source}-other`;
    expect(await results([idea])).toEqual(['CREATED']);
    expect(await idOf('i1')).not.toBe(first);
  });

  test('counts a contribution that moved only where it is now', async () => {
    await importAll(file);
    await importAll([reply, contribution].map((record) => ({ ...record, idea: 'i2' })));
    expect(await countsOf('i1')).toMatchObject({ contributions: { totalCount: 0 } });
    expect(await countsOf('i2')).toMatchObject({ contributions: { totalCount: 2 } });
    const kept = await hub
      .service('ideas')
      .database.dataSource.query('SELECT contribution_count FROM idea WHERE id = ANY($1) ORDER BY contribution_count', [
        [await idOf('i1'), await idOf('i2')],
      ]);
    expect(kept).toEqual([{ contribution_count: 0 }, { contribution_count: 2 }]);
  });
});

describe('an endorsement that is imported', () => {
  const at = (month: number, value: 0 | 1 = 1) => ({ ...endorsement, value, at: `2020-0${month}-01T00:00:00Z` });

  test.each<[string, object[], string[], number]>([
    ['once', [at(1)], ['CREATED'], 1],
    ['again', [at(1), at(2)], ['CREATED', 'UNCHANGED'], 1],
    ['and withdrawn', [at(1), at(2, 0)], ['CREATED', 'UPDATED'], 0],
    ['and withdrawn and given again', [at(1), at(2, 0), at(3)], ['CREATED', 'UPDATED', 'UPDATED'], 1],
    ['after a later withdrawal', [at(2, 0), at(1)], ['CREATED', 'UNCHANGED'], 0],
    [
      'by one person under two refs',
      [at(1), { ...at(2), person: 'm.ira' }, { ...at(3), person: 'mira' }],
      ['CREATED', 'CREATED', 'UNCHANGED'],
      2,
    ],
  ])('%s counts as the latest word says', async (_, records, expected, count) => {
    await importAll([idea]);
    expect(await results(records)).toEqual(expected);
    expect(await countsOf('i1')).toMatchObject({ endorsements: { totalCount: count } });
    expect(new Set(await results(records))).toEqual(new Set(['UNCHANGED']));
  });

  test('in a file that is not in the order of time counts as the latest word says', async () => {
    await importAll([idea]);
    await importAll([at(1), at(3), at(2, 0)]);
    expect(await countsOf('i1')).toMatchObject({ endorsements: { totalCount: 1 } });
  });
});

describe('a record that cannot be taken', () => {
  const orphan = { ...contribution, ref: 'k9', idea: 'nowhere' };

  test('ends the import in front of it', async () => {
    const { outcomes } = await importAll([idea, orphan, contribution]);
    expect(outcomes).toMatchObject([
      { result: 'CREATED', id: expect.stringMatching(/^idea_/) },
      { result: 'REFUSED', id: null, field: 'idea', reason: expect.stringContaining('no idea "nowhere"') },
      { result: 'NOT_REACHED', id: null },
    ]);
    expect(await countsOf('i1')).toMatchObject({ contributions: { totalCount: 0 } });
  });

  test('is left out where the import is to go on, with all that names it', async () => {
    const lost = { ...reply, replyTo: 'k9' };
    expect(await results([idea, orphan, lost, contribution], { onError: 'SKIP' })).toEqual([
      'CREATED',
      'REFUSED',
      'REFUSED',
      'CREATED',
    ]);
  });

  test.each<[string, object, string]>([
    ['of no kind', { ref: 'x' }, 'kind'],
    ['of another service', { kind: 'team', ref: 't', name: 'T' }, 'kind'],
    ['without what it needs', { ...idea, title: undefined }, 'title'],
    ['by somebody unknown', { ...idea, authors: ['mira', 'ghost'] }, 'authors[1]'],
    ['in an unknown space', { ...idea, space: 'nowhere' }, 'space'],
    ['that builds on itself', { ...idea, buildsOn: ['i1'] }, 'buildsOn[0]'],
    ['that is older than time', { ...idea, at: 'yesterday' }, 'at'],
  ])('%s is told where and why', async (_, record, field) => {
    const { outcomes } = await importAll([record], { onError: 'SKIP' });
    expect(outcomes).toMatchObject([{ result: 'REFUSED', field, reason: expect.any(String) }]);
  });

  test('answers something said about another idea', async () => {
    const elsewhere = { ...reply, idea: 'i2', replyTo: 'k1' };
    const { outcomes } = await importAll([idea, { ...idea, ref: 'i2' }, contribution, elsewhere]);
    expect(outcomes[3]).toMatchObject({ result: 'REFUSED', field: 'replyTo' });
  });
});

describe('the import', () => {
  test.each<[string, object, string[]]>([
    ['more than a thousand records', { records: Array.from({ length: 1_001 }, () => idea) }, ['input', 'records']],
    ['no name of the source', { source: '' }, ['input', 'source']],
    [
      'a reference to an id of another type',
      { references: [{ kind: 'PERSON', ref: 'x', id: mintId('Team') }] },
      ['input', 'references'],
    ],
  ])('refuses %s', async (_, more, path) => {
    expect(await importAll([], more)).toMatchObject({ outcomes: null, errors: [{ code: 'INVALID', path }] });
  });

  test('is for administrators', async () => {
    expect(await story.mira.codeOf(document, inputOf([]))).toBe('FORBIDDEN');
    expect(await hub.anonymous.codeOf(document, inputOf([]))).toBe('UNAUTHENTICATED');
  });

  test('by two at once of one source makes one of each', async () => {
    const answers = await Promise.all([results(file), results(file), results(file)]);
    expect(answers.flat().filter((result) => result === 'CREATED')).toHaveLength(file.length);
  });
});

describe('the export of a space', () => {
  interface Exported {
    readonly ideaRecords: {
      readonly nodes: { record: Record<string, unknown> }[];
      readonly pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const query = `query ($space: ID!, $source: String, $after: String) {
    ideaRecords(space: $space, source: $source, first: 4, after: $after) { nodes { record } pageInfo { hasNextPage endCursor } } }`;

  async function exportAll(space: string): Promise<Record<string, unknown>[]> {
    const records: Record<string, unknown>[] = [];
    for (let after: string | null = null; ; ) {
      const { ideaRecords }: Exported = await hub.admin.run<Exported>(query, { space, source, after });
      records.push(...ideaRecords.nodes.map(({ record }) => record));
      if (!ideaRecords.pageInfo.hasNextPage) return records;
      after = ideaRecords.pageInfo.endCursor;
    }
  }

  test('can be imported again: nothing changes', async () => {
    await importAll(file.map((record) => ('space' in record ? { ...record, space: 'hall' } : record)));
    const records = await exportAll(story.hidden);
    const kinds = ['challenge', 'idea', 'idea', 'contribution', 'contribution', 'endorsement'];
    expect(records.map(({ kind }) => kind)).toEqual(kinds);
    const references = [
      { kind: 'SPACE', ref: story.hidden, id: story.hidden },
      ...[story.mira, story.jon].map(({ id }) => ({ kind: 'PERSON', ref: id, id })),
    ];
    expect(await results(records, { references })).toEqual(kinds.map(() => 'UNCHANGED'));
    source = `${source}-elsewhere`;
    expect(await results(records, { references })).toEqual(kinds.map(() => 'CREATED'));
  });

  test('is for administrators', async () => {
    expect(await story.mira.codeOf(query, { space: story.space })).toBe('FORBIDDEN');
    expect(await hub.anonymous.codeOf(query, { space: story.space })).toBe('UNAUTHENTICATED');
  });

  test('looks up no more than a thousand refs at once', async () => {
    const references = Array.from({ length: 1_001 }, (_, n) => ({ kind: 'IDEA', ref: `i${n}` }));
    const ask =
      'query ($source: String!, $references: [RecordKeyInput!]!) { ideaReferences(source: $source, references: $references) { id } }';
    expect(await hub.admin.codeOf(ask, { source, references })).toBe('BAD_INPUT');
  });
});
