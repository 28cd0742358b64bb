import { anonymous, system } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const issuer = 'https://login.example.com';
let count = 0;
const newSubject = () => `subject ${++count}`;
const facts = 'identity { id issuer subject email linkedAt person { id } }';
const link = (viewer: Parameters<PeopleFixture['change']>[0], input: object) =>
  hub.change(viewer, 'linkIdentity', { issuer, ...input }, facts);

interface SignedIn {
  readonly viewer: { readonly personId: string; readonly organizationId: string | null; readonly party: string } | null;
  readonly refusal: string | null;
}

/** What the gateway asks when a provider vouches for somebody. */
async function signIn(input: object, viewer: Parameters<PeopleFixture['ask']>[0] = system) {
  const document =
    'mutation ($input: SignInInput!) { signIn(input: $input) { viewer { personId organizationId party } refusal } }';
  const { data, code } = await hub.ask<{ signIn: SignedIn } | null>(viewer, document, { input: { issuer, ...input } });
  return { code, viewer: null, refusal: null, ...data?.signIn };
}

async function personOf(subject: string, from = issuer): Promise<string | undefined> {
  const document = 'query ($i: String!, $s: String!) { identityOf(issuer: $i, subject: $s) { personId } }';
  const { data } = await hub.ask<{ identityOf: { personId: string } | null }>(system, document, {
    i: from,
    s: subject,
  });
  return data.identityOf?.personId;
}

describe('a sign-in of somebody who was erased', () => {
  test('makes no new person, nor lets in as one, until an administrator links it', async () => {
    const domain = 'erased.example';
    await hub.organization({ domains: [domain] });
    const coming = { subject: newSubject(), name: 'Zoe', domain };
    const first = await signIn(coming);
    expect(first.viewer).not.toBeNull();
    const erase = { person: first.viewer?.personId };
    expect((await hub.change(hub.admin, 'erasePerson', erase)).errors).toEqual([]);
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await signIn(coming)).toMatchObject({ viewer: null, refusal: expect.stringContaining('erased') });
    // Neither somebody else of the provider nor the same name with another one is meant.
    expect((await signIn({ ...coming, subject: newSubject() })).viewer).not.toBeNull();
    expect((await signIn({ ...coming, issuer: 'https://other.example.com' })).viewer).not.toBeNull();
    const { dataSource } = hub.service.database;
    const kept = JSON.stringify(await dataSource.query('SELECT * FROM erased_sign_in'));
    expect(kept).toMatch(/"mark":"[0-9a-f]{64}"/);
    for (const personal of [coming.subject, issuer, first.viewer?.personId]) expect(kept).not.toContain(personal);
    const ann = await hub.person();
    await link(hub.admin, { person: ann.personId, subject: coming.subject });
    expect((await signIn(coming)).viewer).toMatchObject({ personId: ann.personId });
  });
});

describe('a first sign-in', () => {
  test('of somebody nobody knows is refused, and says what to do', async () => {
    const subject = newSubject();
    const refused = await signIn({ subject, name: 'Zoe', email: 'zoe@nowhere.example', domain: 'nowhere.example' });
    expect(refused).toMatchObject({ viewer: null, refusal: expect.stringContaining('administrator') });
    expect(await personOf(subject)).toBeUndefined();
  });

  test('finds the person an administrator linked to the subject, within that issuer only', async () => {
    const [ann, subject] = [await hub.person(), newSubject()];
    expect((await link(hub.admin, { person: ann.personId, subject })).identity).toMatchObject({
      subject,
      linkedAt: expect.any(String),
      person: { id: ann.personId },
    });
    expect(await personOf(subject)).toBe(ann.personId);
    expect(await personOf(subject, 'https://other.example.com')).toBeUndefined();
    expect((await signIn({ issuer: 'https://other.example.com', subject })).viewer).toBeNull();
  });

  test('links who is expected under the address, once, and forgets the address', async () => {
    const [ann, subject] = [await hub.person(), newSubject()];
    const { identity } = await link(hub.admin, { person: ann.personId, email: 'Ann@Example.com' });
    expect((await signIn({ subject, email: 'ann@example.COM' })).viewer).toMatchObject({ personId: ann.personId });
    expect(await personOf(subject)).toBe(ann.personId);
    const [row] = await hub.service.database.dataSource.query('SELECT email, subject FROM identity WHERE id = $1', [
      idIn(identity),
    ]);
    expect(row).toEqual({ email: null, subject });
    expect((await signIn({ subject: newSubject(), email: 'ann@example.com' })).viewer).toBeNull();
  });

  test('makes a person of the organisation the rule names, one however often it comes at once', async () => {
    const organization = await hub.organization({ relation: 'CUSTOMER', domains: ['customer.example'] });
    const subject = newSubject();
    const once = () => signIn({ subject, name: 'Cem', domain: 'customer.example' });
    const made = await Promise.all([once(), once(), once(), once()]);
    expect(new Set(made.map(({ viewer }) => viewer?.personId)).size).toBe(1);
    expect(made[0]?.viewer).toMatchObject({ organizationId: organization, party: 'customer' });
    const byClaim = await signIn({ subject: newSubject(), name: 'Eve', organization });
    expect(byClaim.viewer).toMatchObject({ organizationId: organization });
    const id = made[0]?.viewer?.personId ?? '';
    expect(await hub.events('people.person.registered', id)).toMatchObject([{ actor: id }]);
  });

  test('is refused when the domain is that of several organisations, or the organisation is gone', async () => {
    await hub.organization({ domains: ['shared.example'] });
    await hub.organization({ domains: ['shared.example'] });
    expect((await signIn({ subject: newSubject(), domain: 'shared.example' })).refusal).toContain('Several');
    expect((await signIn({ subject: newSubject(), organization: mintId('Organization') })).viewer).toBeNull();
  });

  test('is for the hub itself only', async () => {
    expect((await signIn({ subject: newSubject() }, hub.admin)).code).toBe('FORBIDDEN');
    expect((await signIn({ subject: newSubject() }, anonymous)).code).toBe('FORBIDDEN');
  });
});

describe('linkIdentity', () => {
  test('is for administrators, and takes a sign-in once', async () => {
    const [ann, ben, subject] = [await hub.person(), await hub.person(), newSubject()];
    expect((await link(ann, { person: ann.personId, subject })).code).toBe('FORBIDDEN');
    expect((await link(anonymous, { person: ann.personId, subject })).code).toBe('UNAUTHENTICATED');
    expect((await link(hub.admin, { person: ann.personId, subject })).errors).toEqual([]);
    expect((await link(hub.admin, { person: ben.personId, subject })).errors).toMatchObject([{ code: 'TAKEN' }]);
  });

  test('refuses both or neither of subject and address, what is no address, and who is not there', async () => {
    const { personId: person } = await hub.person();
    for (const input of [{}, { subject: 'a', email: 'a@b.example' }, { email: 'nobody' }, { subject: '' }])
      expect((await link(hub.admin, { person, ...input })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await link(hub.admin, { person: mintId('Person'), subject: 'a' })).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('is done once for one idempotency key', async () => {
    const { personId: person } = await hub.person();
    const input = { issuer, person, subject: newSubject() };
    await hub.changeOnce(hub.admin, 'linkIdentity', input, 'identity { id }', { subject: newSubject() });
  });
});

test("an unlinked sign-in is nobody's", async () => {
  const [ann, subject] = [await hub.person(), newSubject()];
  const identity = idIn((await link(hub.admin, { person: ann.personId, subject })).identity);
  expect((await hub.change(ann, 'unlinkIdentity', { identity })).code).toBe('FORBIDDEN');
  expect((await hub.change(hub.admin, 'unlinkIdentity', { identity })).errors).toEqual([]);
  expect(await personOf(subject)).toBeUndefined();
  expect((await hub.change(hub.admin, 'unlinkIdentity', { identity })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('identities are seen by whose they are and by administrators', async () => {
  const [ann, ben] = [await hub.person(), await hub.person()];
  await link(hub.admin, { person: ann.personId, subject: newSubject() });
  const list = 'query ($person: ID) { identities(person: $person) { totalCount nodes { person { id } } } }';
  expect((await hub.ask(ann, list)).data).toMatchObject({ identities: { totalCount: 1 } });
  const ofAnn = { person: ann.personId };
  expect((await hub.ask(hub.admin, list, ofAnn)).data).toMatchObject({ identities: { totalCount: 1 } });
  expect((await hub.ask(ben, list, ofAnn)).data).toMatchObject({ identities: { totalCount: 0 } });
  const { statements } = await hub.ask(ann, list);
  await link(hub.admin, { person: ann.personId, subject: newSubject() });
  expect((await hub.ask(ann, list)).statements).toBe(statements);
});

test('an erased person leaves no sign-in behind, and the clients they made go on', async () => {
  const [ann, subject] = [await hub.person(), newSubject()];
  await hub.service.database.dataSource.query('UPDATE person SET administrator = true WHERE id = $1', [ann.personId]);
  await link(hub.admin, { person: ann.personId, subject });
  const client = { organization: await hub.organization(), name: 'Dashboard', scopes: ['ideas:read'] };
  const made = await hub.change({ ...ann, administrator: true }, 'createApiClient', client, 'apiClient { id }');
  expect((await hub.change(hub.admin, 'erasePerson', { person: ann.personId })).errors).toEqual([]);
  expect(await personOf(subject)).toBeUndefined();
  const list = '{ apiClients { nodes { id creator { id } } } }';
  expect((await hub.ask(hub.admin, list)).data).toEqual({
    apiClients: { nodes: [{ id: idIn(made.apiClient), creator: null }] },
  });
});
