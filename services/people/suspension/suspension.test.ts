import { hashToken } from '#kernel/auth/token-text.js';
import { anonymous, system } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const issuer = 'https://login.example.com';

/** Whether a token and a sign-in of this person are good. */
async function letIn(token: unknown, subject: string): Promise<boolean[]> {
  const document = `query ($hash: String!, $issuer: String!, $subject: String!) {
    viewerOf(tokenHash: $hash) { personId } identityOf(issuer: $issuer, subject: $subject) { personId }
  }`;
  const variables = { hash: hashToken(String(token)), issuer, subject };
  const { data } = await hub.ask<Record<string, unknown>>(system, document, variables);
  return [data.viewerOf !== null, data.identityOf !== null];
}

test('a suspended person gets in by nothing, and by everything again once reinstated', async () => {
  const { personId: person, ...ann } = await hub.person();
  const { token } = await hub.change({ ...ann, personId: person }, 'issueAccessToken', { name: 'Script' }, 'token');
  await hub.change(hub.admin, 'linkIdentity', { person, issuer, subject: 'ann' });
  expect(await letIn(token, 'ann')).toEqual([true, true]);
  expect((await hub.change(hub.admin, 'suspendPerson', { person }, 'person { id }')).person).toEqual({ id: person });
  expect(await letIn(token, 'ann')).toEqual([false, false]);
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { viewer { personId } refusal } }';
  expect((await hub.ask(system, signIn, { input: { issuer, subject: 'ann' } })).data).toMatchObject({
    signIn: { viewer: null, refusal: expect.stringContaining('shut') },
  });
  const list = '{ suspendedPeople { nodes { id } totalCount } }';
  expect((await hub.ask(hub.admin, list)).data).toEqual({
    suspendedPeople: { nodes: [{ id: person }], totalCount: 1 },
  });
  expect(await hub.change(hub.admin, 'suspendPerson', { person })).toMatchObject({ errors: [], cursor: null });
  await hub.change(hub.admin, 'reinstatePerson', { person });
  expect(await letIn(token, 'ann')).toEqual([true, true]);
  expect(await hub.change(hub.admin, 'reinstatePerson', { person })).toMatchObject({ errors: [], cursor: null });
  expect(await hub.events('people.person.suspended', person)).toMatchObject([{ actor: hub.admin.personId }]);
  expect(await hub.events('people.person.reinstated', person)).toHaveLength(1);
});

test('is for administrators, who cannot shut themselves out', async () => {
  const [ann, ben] = [await hub.person(), await hub.person()];
  for (const change of ['suspendPerson', 'reinstatePerson']) {
    expect((await hub.change(ann, change, { person: ben.personId })).code).toBe('FORBIDDEN');
    expect((await hub.change(anonymous, change, { person: ben.personId })).code).toBe('UNAUTHENTICATED');
    expect((await hub.change(hub.admin, change, { person: mintId('Person') })).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  }
  expect((await hub.ask(ann, '{ suspendedPeople { totalCount } }')).code).toBe('FORBIDDEN');
  expect((await hub.change(hub.admin, 'suspendPerson', { person: hub.admin.personId })).errors).toMatchObject([
    { code: 'INVALID' },
  ]);
});

test('is done once for one idempotency key', async () => {
  const [ann, ben] = [await hub.person(), await hub.person()];
  const once = (change: string) =>
    hub.changeOnce(hub.admin, change, { person: ann.personId }, 'person { id }', { person: ben.personId });
  await once('suspendPerson');
  await once('reinstatePerson');
});
