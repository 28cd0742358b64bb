import { anonymous, type PersonViewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const facts = 'person { id perspectives { dimension value } }';

function declare(viewer: PersonViewer, perspectives: object[], more: object = {}) {
  return hub.change(viewer, 'declarePerspectives', { perspectives, ...more }, facts);
}

describe('declarePerspectives', () => {
  test('sets, changes and withdraws dimensions and leaves the others', async () => {
    const ann = await hub.person();
    await declare(ann, [
      { dimension: 'field', value: 'law' },
      { dimension: 'region', value: 'north' },
    ]);
    const payload = await declare(ann, [
      { dimension: 'region', value: 'south' },
      { dimension: 'age', value: 'young' },
      { dimension: 'field', value: null },
    ]);
    expect(payload.person).toMatchObject({
      perspectives: [
        { dimension: 'age', value: 'young' },
        { dimension: 'region', value: 'south' },
      ],
    });
    const events = await hub.events('people.person.perspectivesDeclared', ann.personId);
    expect(events.map(({ data }) => data)).toEqual([{}, {}]);
  });

  test('tells nobody when nothing is other than before', async () => {
    const ann = await hub.person();
    await declare(ann, [{ dimension: 'field', value: 'law' }]);
    expect(await declare(ann, [{ dimension: 'field', value: 'law' }])).toMatchObject({ errors: [], cursor: null });
  });

  test('keeps to 50 dimensions, also for calls at once', async () => {
    const ann = await hub.person();
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ dimension: `d${from + index}`, value: 'v' }));
    await declare(ann, some(0, 48));
    const answers = await Promise.all([declare(ann, some(48, 2)), declare(ann, some(50, 2))]);
    expect(answers.map(({ errors }) => errors[0]?.code).sort()).toEqual(['INVALID', undefined]);
  });

  test('lets administrators name the person, and nobody else', async () => {
    const [ann, ben] = [await hub.person(), await hub.person()];
    const facets = [{ dimension: 'field', value: 'law' }];
    expect((await declare(ben, facets, { person: ann.personId })).code).toBe('FORBIDDEN');
    expect((await declare(hub.admin, facets, { person: ann.personId })).person).toMatchObject({
      id: ann.personId,
      perspectives: facets,
    });
  });

  test('is done once for one idempotency key', async () => {
    const input = { perspectives: [{ dimension: 'field', value: 'law' }] };
    const other = { perspectives: [{ dimension: 'field', value: 'art' }] };
    await hub.changeOnce(await hub.person(), 'declarePerspectives', input, facts, other);
  });

  test.each([
    ['none', []],
    ['an empty dimension', [{ dimension: ' ', value: 'v' }]],
    ['an empty value', [{ dimension: 'field', value: '' }]],
    ['a value of 201 characters', [{ dimension: 'field', value: 'x'.repeat(201) }]],
    [
      'a dimension twice',
      [
        { dimension: 'field', value: 'a' },
        { dimension: 'field ', value: 'b' },
      ],
    ],
  ])('refuses %s', async (_case, facets) => {
    const { errors } = await declare(await hub.person(), facets);
    expect(errors).toMatchObject([{ code: 'INVALID', path: ['input', 'perspectives'] }]);
  });

  test('refuses a person who is not there and who is not signed in', async () => {
    const facets = [{ dimension: 'field', value: 'law' }];
    expect((await declare(hub.admin, facets, { person: mintId('Person') })).errors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'person'] },
    ]);
    expect((await hub.change(anonymous, 'declarePerspectives', { perspectives: facets })).code).toBe('UNAUTHENTICATED');
  });
});

test('the perspectives of many people cost one statement', async () => {
  for (const value of ['law', 'art']) await declare(await hub.person(), [{ dimension: 'field', value }]);
  expect((await hub.ask(hub.admin, '{ people { nodes { perspectives { value } } } }')).statements).toBe(2);
});
