import { anonymous, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { statement } from '#kernel/database/statement.js';
import { mintId } from '#kernel/ids/id.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;
let ann: PersonViewer;
let ben: PersonViewer;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

beforeEach(async () => {
  ann = await hub.person();
  ben = await hub.person();
});

const report = (as: Viewer, more: object = {}, person = ben.personId) =>
  hub.change(as, 'reportPerson', { person, reason: 'SPAM', ...more });
const caseFields =
  'case { state decision reporterCount person { id } decidedBy { id } reports { reason note reporter { id } } }';
const dismiss = (as: Viewer = hub.admin, note = 'We talked.') =>
  hub.change(as, 'dismissPersonReports', { person: ben.personId, note }, caseFields);

interface Listed {
  readonly state: string;
  readonly person: { readonly id: string } | null;
  readonly reporterCount: number;
  readonly reports: readonly object[];
}

/** What administrators find of a person, in any state unless said otherwise. */
async function casesOf(person: string, states = ['REPORTED', 'DISMISSED', 'SUSPENDED'], as: Viewer = hub.admin) {
  const document = `query ($states: [PersonCaseState!]) { personCases(states: $states, last: 100) { totalCount nodes {
    state reporterCount person { id } reports { reason note reporter { id } } } } }`;
  const { data } = await hub.ask<{ personCases: { nodes: Listed[] } }>(as, document, { states });
  return data.personCases.nodes.filter((found) => found.person?.id === person);
}

interface Held {
  readonly exportMyData: { readonly people: { readonly nodes: readonly { kind: string; json: string }[] } };
}

/** What the hub shows somebody of what it holds on them. */
async function recordsOf(as: Viewer) {
  const { data } = await hub.ask<Held>(as, '{ exportMyData { people(last: 100) { nodes { kind json } } } }');
  return data.exportMyData.people.nodes;
}

const heldOn = async (as: Viewer) => JSON.stringify(await recordsOf(as));

describe('reportPerson', () => {
  test('brings somebody before the administrators, each report once', async () => {
    const { errors, cursor } = await report(ann, { note: 'Ten times a day.' });
    expect([errors, cursor]).toEqual([[], expect.any(String)]);
    expect(await report(ann, { reason: 'OTHER' })).toMatchObject({ errors: [], cursor: null });
    const eve = await hub.person();
    await report(eve, { reason: 'OFFENSIVE' });
    const reports = [
      { reason: 'OFFENSIVE', note: '', reporter: { id: eve.personId } },
      { reason: 'SPAM', note: 'Ten times a day.', reporter: { id: ann.personId } },
    ];
    expect(await casesOf(ben.personId, ['REPORTED'])).toEqual([
      { state: 'REPORTED', reporterCount: 2, person: { id: ben.personId }, reports },
    ]);
  });

  test('is told to nobody but them', async () => {
    await report(ann);
    const queue = '{ personCases { totalCount } }';
    for (const other of [ann, ben]) expect((await hub.ask(other, queue)).code).toBe('FORBIDDEN');
    expect((await hub.ask(anonymous, queue)).code).toBe('UNAUTHENTICATED');
    const held = await heldOn(ben);
    expect(held).toContain(ben.personId);
    expect(held).not.toContain('case_');
    expect(held).not.toContain(ann.personId);
  });

  test('is about others, whom one sees, in few words', async () => {
    expect((await report(ben)).errors).toMatchObject([{ code: 'INVALID', path: ['input', 'person'] }]);
    const tooMuch = await report(ann, { note: 'x'.repeat(2_001) });
    expect(tooMuch.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'note'] }]);
    expect((await report(ann, {}, mintId('Person'))).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const outsider = await hub.person({ party: 'CUSTOMER' });
    expect((await report(outsider)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await report(anonymous)).code).toBe('UNAUTHENTICATED');
    const organizationId = await hub.organization();
    const program = { kind: 'client', clientId: mintId('ApiClient'), organizationId, party: 'internal' } as const;
    expect((await report({ ...program, scopes: ['moderation:write'], spaces: null })).code).toBe('FORBIDDEN');
    expect(await casesOf(ben.personId)).toEqual([]);
  });

  test('is done once for one idempotency key', async () => {
    const input = { person: ben.personId, reason: 'SPAM' };
    await hub.changeOnce(ann, 'reportPerson', input, '', { reason: 'OTHER' });
    expect(await casesOf(ben.personId)).toHaveLength(1);
  });

  test('of the same person at the same time opens one case', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, () => hub.person()));
    await Promise.all(many.map((as) => report(as)));
    expect(await casesOf(ben.personId)).toMatchObject([{ reporterCount: 8 }]);
  });
});

describe('dismissPersonReports', () => {
  test('lets somebody be, until they are reported anew', async () => {
    await report(ann);
    const reports = [{ reason: 'SPAM', note: '', reporter: { id: ann.personId } }];
    const decided = { state: 'DISMISSED', decision: 'We talked.', decidedBy: { id: hub.admin.personId } };
    expect((await dismiss()).case).toEqual({ ...decided, reporterCount: 1, person: { id: ben.personId }, reports });
    expect(await casesOf(ben.personId, ['REPORTED'])).toEqual([]);
    expect(await dismiss()).toMatchObject({ errors: [], cursor: null, case: null });
    expect((await report(ann)).cursor).toEqual(expect.any(String));
    expect((await casesOf(ben.personId)).map(({ state }) => state)).toEqual(['DISMISSED', 'REPORTED']);
  });

  test('is for administrators, who say why, and not about themselves', async () => {
    await report(ann);
    for (const other of [ann, ben]) expect((await dismiss(other)).code).toBe('FORBIDDEN');
    expect((await dismiss(anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await dismiss(hub.admin, '')).errors).toMatchObject([{ code: 'INVALID', path: ['input', 'note'] }]);
    const unknown = { person: mintId('Person'), note: 'Who?' };
    const missing = await hub.change(hub.admin, 'dismissPersonReports', unknown);
    expect(missing.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const own = { person: hub.admin.personId, note: 'All is well.' };
    const about = await hub.change(hub.admin, 'dismissPersonReports', own);
    expect(about.errors).toMatchObject([{ code: 'INVALID', path: ['input', 'person'] }]);
  });

  test('is done once for one idempotency key', async () => {
    await report(ann);
    const input = { person: ben.personId, note: 'We talked.' };
    await hub.changeOnce(hub.admin, 'dismissPersonReports', input, caseFields, { note: 'Other words' });
  });
});

test('an administrator who is reported does not find it, another one does', async () => {
  await report(ann, {}, hub.admin.personId);
  expect(await casesOf(hub.admin.personId)).toEqual([]);
  const other = { ...(await hub.person()), administrator: true };
  expect(await casesOf(hub.admin.personId, ['REPORTED'], other)).toHaveLength(1);
});

test('suspendPerson decides what was reported', async () => {
  await report(ann);
  await hub.change(hub.admin, 'suspendPerson', { person: ben.personId });
  expect((await casesOf(ben.personId)).map(({ state }) => state)).toEqual(['SUSPENDED']);
  expect((await dismiss()).case).toBeNull();
  await report(ann);
  await hub.change(hub.admin, 'suspendPerson', { person: ben.personId });
  expect((await casesOf(ben.personId)).map(({ state }) => state)).toEqual(['SUSPENDED', 'SUSPENDED']);
});

test('what is told carries ids only', async () => {
  await report(ann, { note: 'Ten times a day.' });
  await dismiss();
  const log = statement(`SELECT type, actor, data FROM event WHERE type LIKE 'people.case.%' AND data->>'person' = $1`);
  const events = await hub.service.database.read<object>(log, [ben.personId]);
  const person = ben.personId;
  expect(events).toEqual([
    { type: 'people.case.reported', actor: ann.personId, data: { person, reason: 'spam' } },
    { type: 'people.case.dismissed', actor: hub.admin.personId, data: { person } },
  ]);
});

describe('an erasure', () => {
  test('of the reporter leaves the report without words and without them', async () => {
    await report(ann, { note: 'Only I know that.' });
    await hub.change(hub.admin, 'erasePerson', { person: ann.personId });
    const [found] = await casesOf(ben.personId);
    expect(found).toMatchObject({ reporterCount: 1, reports: [{ reason: 'SPAM', note: '', reporter: null }] });
    expect(await rowsNaming(ann.personId)).toBe(0);
    const late = await report(ann, { note: 'On its way while they were erased.' });
    expect(late.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await rowsNaming(ann.personId)).toBe(0);
  });

  test('of who was reported takes everything said of them', async () => {
    await report(ann, { note: 'Ten times a day.' });
    await hub.change(hub.admin, 'erasePerson', { person: ben.personId });
    expect(await casesOf(ben.personId)).toEqual([]);
    expect(await rowsNaming(ann.personId)).toBe(0);
    expect(await rowsNaming(ben.personId)).toBe(0);
  });

  const naming = statement(`
    SELECT (SELECT count(*) FROM person_case WHERE person_id = $1 OR decided_by = $1)::integer
      + (SELECT count(*) FROM person_report WHERE reporter_id = $1)::integer AS count`);
  const rowsNaming = async (person: string) =>
    (await hub.service.database.read<{ count: number }>(naming, [person]))[0]?.count;
});

test('what one reported and decided is shown to oneself', async () => {
  await report(ann, { note: 'Ten times a day.' });
  await hub.change(hub.admin, 'suspendPerson', { person: ben.personId });
  const shown = async (as: Viewer) => {
    const records = (await recordsOf(as)).map(({ kind, json }) => ({ kind, ...(JSON.parse(json) as object) }));
    return records.filter(({ kind }) => ['personReport', 'caseAboutOneself', 'personCaseDecided'].includes(kind));
  };
  expect(await shown(ann)).toMatchObject([
    { kind: 'personReport', personId: ben.personId, reason: 'spam', note: 'Ten times a day.' },
  ]);
  expect(await shown(ben)).toMatchObject([{ kind: 'caseAboutOneself', state: 'suspended' }]);
  expect(JSON.stringify(await shown(ben))).not.toContain(ann.personId);
  expect(await shown(hub.admin)).toContainEqual(
    expect.objectContaining({ kind: 'personCaseDecided', personId: ben.personId, state: 'suspended' }),
  );
});

test('the queue takes the same number of statements whatever its size', async () => {
  for (let number = 0; number < 6; number += 1) await report(ann, {}, (await hub.person()).personId);
  const document = `query ($last: Int) { personCases(last: $last) { totalCount nodes { state reporterCount person { name }
    decidedBy { name } reports { note reporter { name } } } } }`;
  const read = async (last: number) => (await hub.ask(hub.admin, document, { last })).statements;
  await read(1);
  expect(await read(6)).toBe(await read(2));
});
