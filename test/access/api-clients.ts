import type { TestClient } from '#test/hub/graphql-client.js';
import type { World } from './world.js';

/** Everything a program may read of what people write. */
export const readingScopes = ['people:read', 'spaces:read', 'ideas:read', 'conversations:read'];

/** A program of the host. */
export async function newClient({ hub, ids }: World, scopes: readonly string[]): Promise<TestClient> {
  const input = { name: 'A program', organization: ids.host, scopes };
  const { createApiClient } = await hub.admin.run<{ createApiClient: { token: string } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { token errors { message } } }',
    { input },
  );
  return hub.client(createApiClient.token);
}

/** The scope that a field or type needs, by its description. */
export const scopeOf = (description: string | null | undefined) =>
  /needs? the scope ([a-z]+:[a-z]+)/i.exec(description ?? '')?.[1];
