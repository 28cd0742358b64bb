/** What a client asks of ties: a name for the table, the document, and whose id its variable takes. */
export interface TieQuery {
  readonly name: string;
  readonly query: string;
  /** None where it asks for no one thing. */
  readonly of?: 'person' | 'team';
}

export const tieQueries: readonly TieQuery[] = [
  {
    name: "`Person.ties`, one's 25 strongest",
    of: 'person',
    query: 'query ($id: ID!) { person(id: $id) { ties(first: 25) { nodes { state strength person { name } } } } }',
  },
  {
    name: "`Team.ties`, a team's 25 strongest",
    of: 'team',
    query:
      'query ($id: ID!) { team(id: $id) { ties(first: 25) { nodes { state strength pairs teams { ... on Team { name } } } } } }',
  },
  {
    name: '`teamNetwork`, the 200 strongest of 90 days',
    query:
      '{ teamNetwork(window: 90) { complete nodes { team { ... on Team { name } } } edges { between weight tie { state strength pairs } } } }',
  },
];
