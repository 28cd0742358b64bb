import type { TestClient } from './graphql-client.js';
import { addMember, openSpace, registerPerson, type TestPerson } from './seed.js';
import type { TestHub } from './test-hub.js';

/** A private space with two who moderate it, somebody who writes there, somebody who reads there, and somebody outside. */
export interface ModeratedSpace {
  readonly space: string;
  readonly owner: TestPerson;
  readonly facilitator: TestPerson;
  readonly author: TestPerson;
  readonly reader: TestPerson;
  readonly outsider: TestPerson;
}

export async function openModeratedSpace(hub: TestHub): Promise<ModeratedSpace> {
  const names = ['Owner', 'Facilitator', 'Author', 'Reader', 'Outsider'];
  const [owner, facilitator, author, reader, outsider] = (await Promise.all(
    names.map((name) => registerPerson(hub, { name })),
  )) as [TestPerson, TestPerson, TestPerson, TestPerson, TestPerson];
  const space = await openSpace(hub, owner, { visibility: 'PRIVATE' });
  await owner.run('mutation ($input: AddSpaceMemberInput!) { addSpaceMember(input: $input) { errors { code } } }', {
    input: { space, person: facilitator.id, role: 'FACILITATOR' },
  });
  for (const { id } of [author, reader]) await addMember(hub, owner, space, id);
  return { space, owner, facilitator, author, reader, outsider };
}

export interface ModerationPayload {
  readonly cursor: string | null;
  readonly errors: readonly { code: string; path: string[] }[];
  readonly case?: Readonly<Record<string, unknown>> | null;
  /** The code of the GraphQL error that stands in place of a payload. */
  readonly code: string | undefined;
}

/** Sends a mutation of moderation; its input is its only variable. */
export async function moderate(
  as: TestClient,
  mutation: string,
  input: object,
  caseFields = 'state reason appeal decision',
): Promise<ModerationPayload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const fields = mutation.startsWith('report') ? '' : `case { ${caseFields} }`;
  const { data, errors } = await as.send<{ payload: Omit<ModerationPayload, 'code'> } | null>(
    `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${fields} cursor errors { code path } } }`,
    { input },
  );
  const code = errors?.[0]?.extensions?.code;
  return { cursor: null, errors: [], ...data?.payload, code };
}
