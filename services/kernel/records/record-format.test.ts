import fc from 'fast-check';
import { parseRecord } from './record-format.js';
import { type RecordKind, recordKinds } from './record-kind.js';

const at = '2024-03-31T14:05:00Z';

/** Every kind with every field that it may have. */
const complete: Record<RecordKind, Record<string, unknown>> = {
  organization: { ref: 'o', name: 'Acme', relation: 'host', domains: ['acme.example'] },
  team: { ref: 't', name: 'Forge', organization: 'o', parent: 'p', purpose: 'Make things' },
  person: {
    ref: 'p',
    name: 'Ada',
    handle: 'ada',
    organization: 'o',
    teams: ['t'],
    party: 'internal',
    perspectives: { discipline: 'mathematics' },
    skills: ['engines'],
    at,
  },
  space: { ref: 's', name: 'Lab', visibility: 'open', owners: ['o'], members: ['p'], purpose: 'Try things' },
  challenge: { ref: 'c', space: 's', title: 'Less waste', body: 'How?', author: 'p', at, closesAt: at },
  idea: {
    ref: 'i',
    space: 's',
    title: 'Reuse',
    body: 'Like this',
    authors: ['p'],
    team: 't',
    participatingTeams: ['t'],
    challenge: 'c',
    stage: 'open',
    tags: ['green'],
    buildsOn: ['j'],
    at,
  },
  contribution: { ref: 'k', idea: 'i', author: 'p', type: 'build', body: 'And', replyTo: 'l', at },
  endorsement: { idea: 'i', person: 'p', at, value: 0 },
  conversation: { ref: 'v', space: 's', title: 'Talk', idea: 'i', channel: 'social', at },
  message: { ref: 'm', conversation: 'v', author: 'p', body: 'Hello', replyTo: 'n', mentions: ['p'], at },
  reaction: { message: 'm', person: 'p', emoji: '👍', at },
  interaction: { from: 'p', to: 'q', at, type: 'meeting', weight: 0.5 },
};

const optional: Record<RecordKind, readonly string[]> = {
  organization: ['domains'],
  team: ['organization', 'parent', 'purpose'],
  person: ['handle', 'organization', 'teams', 'party', 'perspectives', 'skills', 'at'],
  space: ['owners', 'members', 'purpose'],
  challenge: ['body', 'author', 'closesAt'],
  idea: ['body', 'team', 'participatingTeams', 'challenge', 'stage', 'tags', 'buildsOn'],
  contribution: ['body', 'replyTo'],
  endorsement: ['value'],
  conversation: ['idea', 'channel'],
  message: ['replyTo', 'mentions'],
  reaction: [],
  interaction: ['type', 'weight'],
};

function refusalOf(kind: string, changes: Record<string, unknown>) {
  const fields = complete[kind as RecordKind] ?? {};
  const reading = parseRecord({ kind, ...fields, ...changes });
  if (reading.ok) throw new Error('the record was taken');
  return `${reading.field}: ${reading.reason}`;
}

describe.each(recordKinds)('a %s', (kind) => {
  const fields = complete[kind];

  test('is taken with all its fields, its times read', () => {
    const dated = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value === at ? new Date(at) : value]),
    );
    expect(parseRecord({ kind, ...fields })).toEqual({ ok: true, record: { kind, ...dated } });
  });

  test('may lack any optional field, and no other', () => {
    for (const field of Object.keys(fields)) {
      const { [field]: _, ...rest } = fields;
      const reading = parseRecord({ kind, ...rest });
      expect([field, reading.ok]).toEqual([field, optional[kind].includes(field)]);
      if (!reading.ok) expect(reading).toMatchObject({ field, reason: expect.stringContaining('is missing') });
    }
  });

  test('is refused with a field that the format does not know', () => {
    expect(refusalOf(kind, { colour: 'red' })).toMatch(/^colour: unknown field "colour"; known fields: kind, /);
  });

  test('is refused with a field of another shape', () => {
    for (const field of Object.keys(fields)) expect(refusalOf(kind, { [field]: { not: ['this'] } })).toContain(field);
  });

  test('is refused with null for a value, because leaving out says the same', () => {
    for (const field of Object.keys(fields)) expect(refusalOf(kind, { [field]: null })).toMatch(`${field}: `);
  });
});

describe('a refusal helps to mend the record', () => {
  test.each([
    ['idae', {}, /^kind: unknown kind "idae"; did you mean "idea"\? known kinds: organization, /],
    ['idea', { authors: [] }, /^authors: must name at least one$/],
    ['idea', { authors: ['p', 7] }, /^authors\[1\]: must be a string, not a number$/],
    ['idea', { at: 'yesterday' }, /^at: "yesterday" is not a time in ISO 8601 with a zone; write it like/],
    ['idea', { at: 'NoneT00:00:00Z' }, /^at: "NoneT00:00:00Z" says that there is no date/],
    ['idea', { title: null }, /^title: is null; leave the field out/],
    ['organization', { relation: 'friend' }, /^relation: must be one of "host", .*"public", not "friend"$/],
    ['endorsement', { value: 2 }, /^value: must be one of 0, 1, not 2$/],
    ['interaction', { weight: 0 }, /^weight: must be greater than 0$/],
    ['interaction', { weight: Number.POSITIVE_INFINITY }, /^weight: must be a finite number$/],
    ['person', { perspectives: { region: 3 } }, /^perspectives\.region: must be a string, not a number$/],
    ['person', { perspectives: ['north'] }, /^perspectives: must be an object, not a list$/],
  ])('%s with %j', (kind, changes, expected) => {
    expect(refusalOf(kind, changes)).toMatch(expected);
  });

  test('a mistyped name is told before the field that it leaves missing', () => {
    const { title: _, ...rest } = complete.idea;
    expect(parseRecord({ kind: 'idea', ...rest, titel: 'x' })).toMatchObject({ field: 'titel' });
  });

  test.each([[null], [7], ['idea'], [[complete.idea]], [{}], [{ kind: 'constructor' }], [{ kind: ['idea'] }]])(
    '%j is no record',
    (value) => {
      expect(parseRecord(value)).toMatchObject({ ok: false, reason: expect.stringMatching(/kind/) });
    },
  );
});

describe('what is too large for a record is refused, what just fits is taken', () => {
  const list = (length: number) => Array.from({ length }, (_, index) => `p${index}`);
  test.each([
    ['idea', 'ref', 'x'.repeat(200), 'x'.repeat(201)],
    ['idea', 'title', 'x'.repeat(300), 'x'.repeat(301)],
    ['idea', 'title', '👍'.repeat(300), '👍'.repeat(301)],
    ['idea', 'body', 'x'.repeat(65_536), 'x'.repeat(65_537)],
    ['idea', 'authors', list(1_000), list(1_001)],
    ['idea', 'tags', list(50), list(51)],
    ['idea', 'tags', ['x'.repeat(100)], ['x'.repeat(101)]],
    ['person', 'skills', ['x'.repeat(200)], ['x'.repeat(201)]],
    ['person', 'perspectives', { a: 'x'.repeat(200) }, { a: 'x'.repeat(201) }],
    [
      'person',
      'perspectives',
      Object.fromEntries(list(50).map((name) => [name, 'x'])),
      Object.fromEntries(list(51).map((name) => [name, 'x'])),
    ],
    ['message', 'body', '', undefined],
    ['message', 'mentions', list(1_000), list(1_001)],
  ])('%s.%s', (kind, field, fits, tooMuch) => {
    expect(parseRecord({ kind, ...complete[kind as RecordKind], [field]: fits }).ok).toBe(true);
    expect(refusalOf(kind, { [field]: tooMuch })).toContain(field);
  });
});

describe('text that the database cannot hold is refused', () => {
  test.each([
    ['a NUL', 'a\0b', /U\+0000/],
    ['the first half of a pair', 'a\ud83d', /lone surrogate/],
    ['the second half of a pair', '\udc4db', /lone surrogate/],
  ])('%s', (_, text, reason) => {
    expect(refusalOf('message', { body: text })).toMatch(reason);
    expect(refusalOf('idea', { tags: [text] })).toMatch(reason);
    expect(refusalOf('person', { perspectives: { [text]: 'x' } })).toMatch(reason);
  });

  test('a dimension that a plain object cannot hold is refused, not lost', () => {
    const perspectives: unknown = JSON.parse('{"__proto__": "x"}');
    expect(refusalOf('person', { perspectives })).toMatch(/__proto__/);
  });
});

test('an object without a prototype, as GraphQL makes them of arguments, is read like any other', () => {
  const bare = (fields: object): object => Object.assign(Object.create(null), fields);
  const perspectives = bare({ discipline: 'mathematics' });
  expect(parseRecord(bare({ kind: 'person', ...complete.person, perspectives })).ok).toBe(true);
  expect(parseRecord(bare({ kind: 'person', ...complete.person, perspectives: bare({ region: 3 }) }))).toMatchObject({
    field: 'perspectives.region',
    reason: 'must be a string, not a number',
  });
});

test('a list that names something twice means it once', () => {
  expect(parseRecord({ kind: 'idea', ...complete.idea, authors: ['p', 'q', 'p'] })).toMatchObject({
    record: { authors: ['p', 'q'] },
  });
});

test('no JSON value makes it throw, and each refusal has a field and a reason', () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.record({ kind: fc.constantFrom(...recordKinds), ref: fc.jsonValue(), at: fc.string() }),
  );
  fc.assert(
    fc.property(odd, (value) => {
      const reading = parseRecord(value);
      return reading.ok || (reading.field !== '' && reading.reason !== '');
    }),
    { numRuns: 500 },
  );
});
