import type { TestClient } from '../hub/graphql-client.js';

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All nodes of a list of an owner; the query takes "$id" and "$after" and calls the two "owner" and "page". */
export async function readPages<Node>(client: TestClient, query: string, id: string): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const { owner }: { owner: { page: Page<Node> } } = await client.run(query, { id, after });
    nodes.push(...owner.page.nodes);
    if (!owner.page.pageInfo.hasNextPage) return nodes;
    after = owner.page.pageInfo.endCursor;
  }
}
