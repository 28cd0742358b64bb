import type { TestClient } from '#test/hub/graphql-client.js';
import type { World } from './world.js';

/** Everything a program may read of what people write. */
export const readingScopes = ['people:read', 'spaces:read', 'ideas:read', 'conversations:read'];

/** Everything a program may do besides. */
export const writingScopes = ['ideas:write', 'conversations:write', 'records:import', 'records:export'];

/** A program, of the host unless said otherwise. */
export async function newClient(
  { hub, ids }: World,
  scopes: readonly string[],
  facts: { readonly organization?: string; readonly name?: string; readonly spaces?: readonly string[] } = {},
): Promise<TestClient> {
  const input = { name: 'A program', organization: ids.host, scopes, ...facts };
  const { createApiClient } = await hub.admin.run<{ createApiClient: { token: string } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { token errors { message } } }',
    { input },
  );
  return hub.client(createApiClient.token);
}

/** The scope that a field or type needs, by its description. */
export const scopeOf = (description: string | null | undefined) =>
  /needs? the scope ([a-z]+:[a-z]+)/i.exec(description ?? '')?.[1];
