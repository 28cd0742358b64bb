const document = `subscription Added($after: Cursor, $space: ID!, $types: [ContributionType!]) {
  contributionAdded(after: $after, space: $space, types: $types) {
    cursor contribution { id type body idea { id title } author { name } }
  }
}`;

/** Messages that subscribe to new contributions of a space: all to the same, or each with variables of its own. */
export function subscriptions(count: number, distinct: boolean, space: string, after: string): string[] {
  return Array.from({ length: count }, (_, index) => {
    const variables = { space, after, ...(distinct ? { types: typesOf(index) } : {}) };
    return JSON.stringify({ id: '1', type: 'subscribe', payload: { query: document, variables } });
  });
}

const types = ['BUILD', 'QUESTION', 'EVIDENCE', 'CONCERN'];

/** Lists that differ and all hold the type that is published: what they ask for cannot be shared by looking at them. */
function typesOf(index: number): string[] {
  const places = [0, 1, 2, 3, 4].map((place) => types[Math.floor(index / 4 ** place) % 4] ?? 'BUILD');
  return ['BUILD', ...places];
}
