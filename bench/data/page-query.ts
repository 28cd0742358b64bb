/** The page a client of a hub opens with: ideas of a space, with people, contributions and conversations; all three services. */
export const pageQuery = `query Page($space: ID!) {
  space(id: $space) { name ideas(first: 20, orderBy: LATEST) { totalCount nodes {
    id title stage endorsements { totalCount }
    authors { name organization { name } teams { name } }
    contributions(first: 5) { totalCount nodes { type body author { name teams { name } } } }
    conversations(first: 1) { nodes { title messageCount messages(last: 3) { nodes { body author { name } } } } }
  } pageInfo { hasNextPage endCursor } } }
}`;

export function pageBody(space: string, query = pageQuery): string {
  return JSON.stringify({ query, variables: { space } });
}
