import type { TestClient } from '../hub/graphql-client.js';

export interface Done {
  readonly cursor: string | null;
  readonly [field: string]: unknown;
}

/**
 * Sends a mutation whose input is its only variable. Undefined when it was refused, as anything may be, and when what it is to be done
 * to is not there yet; whatever else goes wrong throws.
 */
export async function attempt(
  as: TestClient,
  mutation: string,
  input: object,
  selection = '',
): Promise<Done | undefined> {
  if (Object.values(input).includes(undefined)) return undefined;
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${selection} cursor errors { code message } } }`;
  const { data, errors = [] } = await as.send<{ payload: (Done & { errors: readonly object[] }) | null }>(document, {
    input,
  });
  const broken = errors.find(({ extensions }) => extensions?.code !== 'FORBIDDEN');
  if (broken) throw new Error(`${mutation} ${JSON.stringify(input)} failed: ${JSON.stringify(broken)}`);
  return data?.payload && data.payload.errors.length === 0 ? data.payload : undefined;
}

/** The same where a refusal would be a mistake of the test; the cursor of the event. */
export async function change(as: TestClient, mutation: string, input: object): Promise<string> {
  const done = await attempt(as, mutation, input);
  if (!done?.cursor) throw new Error(`${mutation} changed nothing: ${JSON.stringify(input)}`);
  return done.cursor;
}

/** Makes something and keeps its id. */
export async function make(
  as: TestClient,
  mutation: string,
  input: object,
  made: string,
  ids: string[],
): Promise<void> {
  const done = await attempt(as, mutation, input, `${made} { id }`);
  const thing = done?.[made];
  if (thing && typeof thing === 'object' && 'id' in thing) ids.push(String(thing.id));
}
