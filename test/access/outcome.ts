import type { GraphQLAnswer, TestClient } from '#test/hub/graphql-client.js';

/** What came of asking: something, nothing, or the code of a refusal. */
export type Outcome = 'found' | 'nothing' | 'done' | (string & {});

/** Asks for one root field; `selection` without braces, empty for a scalar. */
export async function askFor(as: TestClient, field: string, args: string, selection: string): Promise<Outcome> {
  const answer = await as.send<{ it: unknown }>(
    `{ it: ${field}${args ? `(${args})` : ''} ${selection ? `{ ${selection} }` : ''} }`,
  );
  return codeOf(answer) ?? (isSomething(answer.data?.it) ? 'found' : 'nothing');
}

/** Sends a mutation: "done", or the code of the payload or of the request. */
export async function tryTo(as: TestClient, mutation: string, input: object): Promise<Outcome> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await as.send<{ payload: { errors: { code: string }[] } }>(
    `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { errors { code message } } }`,
    { input },
  );
  return codeOf(answer) ?? answer.data?.payload.errors[0]?.code ?? 'done';
}

function codeOf({ errors }: GraphQLAnswer<unknown>): string | undefined {
  return errors?.[0] && String(errors[0].extensions?.code ?? errors[0].message);
}

function isSomething(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.some(isSomething);
  if (typeof value === 'object' && 'totalCount' in value) return Number(value.totalCount) > 0;
  if (typeof value === 'object' && 'pageInfo' in value && 'nodes' in value) return isSomething(value.nodes);
  return true;
}
