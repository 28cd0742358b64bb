import { type TestService, testServices } from '#test/service/test-service.js';
import { anonymous, type PersonViewer, system, type Viewer } from '../auth/viewer.js';
import { onSpaceChanged } from './on-space-changed.js';
import { spaceAccess } from './require-space.js';

let services: Awaited<ReturnType<typeof testServices>>;
let people: TestService;
let ideas: TestService;

beforeAll(async () => {
  services = await testServices();
  people = await services.start({ name: 'people' });
  ideas = await services.start({ name: 'ideas', consumers: [onSpaceChanged] });
  for (const visibility of ['open', 'organization', 'private'] as const) {
    await tell(async (tx) => {
      const data = { visibility, owners: ['org_host', 'org_partner'] };
      tx.append({ type: 'people.space.opened', subject: visibility, space: visibility, data });
      tx.append(shared(visibility, ['org_friend']));
      tx.append(added(visibility, 'person_member'));
      tx.append(added(visibility, 'person_left'));
      tx.append(removed(visibility, 'person_left'));
    });
  }
  await ideas.consumer('on-space-changed').catchUp(5_000);
});

afterAll(async () => {
  await services.stop();
});

type Work = Parameters<ReturnType<TestService['context']>['write']>[1];
const tell = (work: Work) => people.context().write({ name: 'tell', input: {} }, work);
const added = (space: string, person: string) =>
  ({ type: 'people.space.memberAdded', subject: space, space, data: { person, role: 'member' } }) as const;
const removed = (space: string, person: string) =>
  ({ type: 'people.space.memberRemoved', subject: space, space, data: { person } }) as const;
const shared = (space: string, readers: string[]) =>
  ({
    type: 'people.space.sharingChanged',
    subject: space,
    space,
    data: { readers, contributors: [] as string[], people: [] as string[] },
  }) as const;
const access = () => spaceAccess(ideas.database, () => ideas.consumer('on-space-changed'));
const person = (personId: string, organizationId: string | null = null, administrator = false): PersonViewer => ({
  kind: 'person',
  personId,
  organizationId,
  party: 'internal',
  administrator,
});
const client = (organizationId: string, spaces: string[] | null = null): Viewer => ({
  kind: 'client',
  clientId: 'client_1',
  organizationId,
  party: 'partner',
  scopes: [],
  spaces,
});

describe('which spaces exist for whom', () => {
  const everything = ['open', 'organization', 'private'];
  test.each<[string, Viewer, string[]]>([
    ['nobody signed in', anonymous, []],
    ['somebody of no organisation', person('person_1'), ['open']],
    ['somebody of another organisation', person('person_1', 'org_other'), ['open']],
    ['somebody of an owner', person('person_1', 'org_host'), ['open', 'organization']],
    ['somebody of the other owner', person('person_1', 'org_partner'), ['open', 'organization']],
    [
      'somebody of an organisation that an agreement lets in',
      person('person_1', 'org_friend'),
      ['open', 'organization'],
    ],
    ['a member of whatever organisation', person('person_member', 'org_other'), everything],
    ['a former member', person('person_left', 'org_other'), ['open']],
    ['a client of another organisation', client('org_other'), ['open']],
    ['a client of an owner', client('org_host'), ['open', 'organization']],
    ['a client limited to spaces of its organisation', client('org_host', ['private', 'open']), ['open', 'private']],
    ['a client limited to spaces of another one', client('org_other', ['private', 'organization', 'open']), ['open']],
    ['a client of an organisation that an agreement lets in', client('org_friend'), ['open', 'organization']],
    ['a client limited to no space', client('org_host', []), []],
    ['an administrator', person('person_1', null, true), everything],
    ['the hub itself', system, everything],
  ])('for %s', async (_, viewer, expected) => {
    expect([...(await access().visible(viewer, everything))].sort()).toEqual([...expected].sort());
  });

  test('one that is not there exists for nobody, not even the hub itself', async () => {
    expect((await access().visible(system, ['space_nowhere'])).size).toBe(0);
  });
});

describe('a hidden space', () => {
  test('and one that is not there are told apart by nothing', async () => {
    const problem = (id: string) =>
      access()
        .require(person('person_1'), 'read', id, 'space')
        .catch((error: Error) => error);
    const hidden = await problem('private');
    const missing = await problem('space_nowhere');
    expect(hidden).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'space'] });
    expect(String(missing).replace('space_nowhere', '')).toBe(String(hidden).replace('private', ''));
  });
});

describe('the copy of who may enter', () => {
  test('has a space opened a moment ago for whoever asks at once', async () => {
    await tell(async (tx) => {
      tx.append({ type: 'people.space.opened', subject: 'fresh', data: { visibility: 'open', owners: [] } });
    });
    await expect(access().require(person('person_1'), 'contribute', 'fresh')).resolves.toBeUndefined();
  });

  test('follows a change of visibility and owners', async () => {
    const revise = (visibility: 'open' | 'private', owners: string[]) =>
      tell(async (tx) => {
        const data = { changed: ['visibility'], visibility, owners };
        tx.append({ type: 'people.space.revised', subject: 'open', data });
      });
    await revise('private', []);
    await ideas.consumer('on-space-changed').catchUp(5_000);
    expect((await access().visible(person('person_1', 'org_host'), ['open'])).size).toBe(0);
    await revise('open', []);
    await ideas.consumer('on-space-changed').catchUp(5_000);
    expect((await access().visible(person('person_1'), ['open'])).size).toBe(1);
  });

  test('follows an agreement, whatever comes of the space itself meanwhile', async () => {
    const seen = async () => (await access().visible(person('person_1', 'org_new'), ['organization'])).size;
    await tell(async (tx) => {
      tx.append(shared('organization', ['org_new']));
      const data = { changed: ['owners'], visibility: 'organization' as const, owners: [] };
      tx.append({ type: 'people.space.revised', subject: 'organization', data });
    });
    await ideas.consumer('on-space-changed').catchUp(5_000);
    expect(await seen()).toBe(1);
    await tell(async (tx) => tx.append(shared('organization', [])));
    await ideas.consumer('on-space-changed').catchUp(5_000);
    expect(await seen()).toBe(0);
  });

  test('lets no organisation in again by an agreement that is handled late, and none before the space is known', async () => {
    await tell(async (tx) => {
      tx.append(shared('later', ['org_new']));
      tx.append(shared('later', []));
    });
    await ideas.consumer('on-space-changed').catchUp(5_000);
    const [first] = (await people.events()).filter(({ subject }) => subject === 'later');
    await ideas.context().write({ name: 'again', input: {} }, (tx) => onSpaceChanged.handle(first ? [first] : [], tx));
    const seen = async (space: string) => (await access().visible(person('person_1', 'org_new'), [space])).size;
    expect(await seen('later')).toBe(0);
    await tell(async (tx) => {
      tx.append({ type: 'people.space.opened', subject: 'later', data: { visibility: 'organization', owners: [] } });
    });
    await ideas.consumer('on-space-changed').catchUp(5_000);
    expect(await seen('later')).toBe(0);
    await tell(async (tx) => tx.append(shared('later', ['org_new'])));
    await ideas.consumer('on-space-changed').catchUp(5_000);
    expect(await seen('later')).toBe(1);
  });

  test('lets nobody in again by an event that is handled late', async () => {
    await tell(async (tx) => {
      tx.append(added('private', 'person_late'));
      tx.append(removed('private', 'person_late'));
    });
    await ideas.consumer('on-space-changed').catchUp(5_000);
    const late = (await people.events()).filter(
      (event) => event.type === 'people.space.memberAdded' && JSON.stringify(event.data).includes('person_late'),
    );
    await ideas.context().write({ name: 'again', input: {} }, (tx) => onSpaceChanged.handle(late, tx));
    expect((await access().visible(person('person_late'), ['private'])).size).toBe(0);
  });
});
