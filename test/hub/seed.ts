import type { TestClient } from './graphql-client.js';
import type { TestHub } from './test-hub.js';

/** A person of the story, who acts with a token of their own. */
export interface TestPerson extends TestClient {
  readonly id: string;
  readonly name: string;
}

export interface Story {
  /** Open to everybody signed in; mira opened it. */
  readonly space: string;
  /** Of the host, like jon. */
  readonly mira: TestPerson;
  readonly jon: TestPerson;
  /** For mira alone. */
  readonly hidden: string;
}

/** A hub with a little life in it: mira and jon of the host, a space for everybody and one that only mira knows. */
export async function seed(hub: TestHub): Promise<Story> {
  const mira = await registerPerson(hub, { name: 'Mira' });
  const jon = await registerPerson(hub, { name: 'Jon' });
  const space = await openSpace(hub, mira);
  const hidden = await openSpace(hub, mira, { name: 'Mira alone', visibility: 'PRIVATE' });
  return { space, mira, jon, hidden };
}

export interface NewPerson {
  readonly name?: string;
  readonly handle?: string;
  readonly party?: 'INTERNAL' | 'CUSTOMER' | 'PARTNER' | 'SUPPLIER' | 'PUBLIC';
  readonly organization?: string;
}

export async function registerPerson(
  hub: Pick<TestHub, 'admin' | 'client'>,
  person: NewPerson = {},
): Promise<TestPerson> {
  const input = { name: 'Somebody', party: 'INTERNAL', ...person };
  const { registerPerson } = await hub.admin.run<{ registerPerson: { person: { id: string } } }>(
    'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { person { id } errors { message } } }',
    { input },
  );
  const { id } = registerPerson.person;
  const { issueAccessToken } = await hub.admin.run<{ issueAccessToken: { token: string } }>(
    'mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { token errors { message } } }',
    { input: { name: 'test', person: id } },
  );
  return { ...hub.client(issueAccessToken.token), id, name: input.name };
}

export async function registerOrganization(hub: TestHub, organization: object = {}): Promise<string> {
  const input = { name: 'Some company', relation: 'PARTNER', ...organization };
  const { registerOrganization } = await hub.admin.run<{ registerOrganization: { organization: { id: string } } }>(
    'mutation ($input: RegisterOrganizationInput!) { registerOrganization(input: $input) { organization { id } errors { message } } }',
    { input },
  );
  return registerOrganization.organization.id;
}

export interface NewSpace {
  readonly name?: string;
  readonly visibility?: 'OPEN' | 'ORGANIZATION' | 'PRIVATE';
  readonly owners?: readonly string[];
}

/** Opens a space and waits until every service knows it. */
export async function openSpace(hub: TestHub, as: TestClient, space: NewSpace = {}): Promise<string> {
  const { openSpace } = await as.run<{ openSpace: { space: { id: string } } }>(
    'mutation ($input: OpenSpaceInput!) { openSpace(input: $input) { space { id } errors { message } } }',
    { input: { name: 'Some space', visibility: 'OPEN', ...space } },
  );
  await spacesArrive(hub);
  return openSpace.space.id;
}

/** Lets a person into a space and waits until every service knows it. */
export async function addMember(hub: TestHub, as: TestClient, space: string, person: string): Promise<void> {
  await as.run('mutation ($input: AddSpaceMemberInput!) { addSpaceMember(input: $input) { errors { message } } }', {
    input: { space, person, role: 'MEMBER' },
  });
  await spacesArrive(hub);
}

/** Takes a person out of a space and waits until every service knows it. */
export async function removeMember(hub: TestHub, as: TestClient, space: string, person: string): Promise<void> {
  await as.run(
    'mutation ($input: RemoveSpaceMemberInput!) { removeSpaceMember(input: $input) { errors { message } } }',
    { input: { space, person } },
  );
  await spacesArrive(hub);
}

export async function submitIdea(as: TestClient, space: string, idea: object = {}): Promise<string> {
  const { submitIdea } = await as.run<{ submitIdea: { idea: { id: string } } }>(
    'mutation ($input: SubmitIdeaInput!) { submitIdea(input: $input) { idea { id } errors { message } } }',
    { input: { space, title: 'Some idea', ...idea } },
  );
  return submitIdea.idea.id;
}

export async function contribute(as: TestClient, idea: string, contribution: object = {}): Promise<string> {
  const { contributeToIdea } = await as.run<{ contributeToIdea: { contribution: { id: string } } }>(
    'mutation ($input: ContributeToIdeaInput!) { contributeToIdea(input: $input) { contribution { id } errors { message } } }',
    { input: { idea, type: 'BUILD', body: 'Some thought', ...contribution } },
  );
  return contributeToIdea.contribution.id;
}

export async function endorse(as: TestClient, idea: string): Promise<void> {
  await as.run('mutation ($input: EndorseIdeaInput!) { endorseIdea(input: $input) { errors { message } } }', {
    input: { idea },
  });
}

export async function openChallenge(as: TestClient, space: string, challenge: object = {}): Promise<string> {
  const { openChallenge } = await as.run<{ openChallenge: { challenge: { id: string } } }>(
    'mutation ($input: OpenChallengeInput!) { openChallenge(input: $input) { challenge { id } errors { message } } }',
    { input: { space, title: 'Some challenge', ...challenge } },
  );
  return openChallenge.challenge.id;
}

/** The copies of who may enter which space are up to date; where services run apart, their own short wait has to do. */
async function spacesArrive(hub: TestHub): Promise<void> {
  if (hub.topology === 'four processes') return;
  const copies = (['ideas', 'conversations'] as const).map((name) => hub.service(name).consumer('on-space-changed'));
  const arrived = await Promise.all(copies.map((copy) => copy.catchUp(5_000)));
  if (arrived.includes(false)) throw new Error('A change of a space did not reach all services within 5 s.');
}
