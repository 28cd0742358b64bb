export const examples = [
  {
    title: 'The latest ideas',
    text: 'Who proposed them, what was said about them, and how much support they have.',
    query: `query LatestIdeas {
  ideas(first: 10, orderBy: LATEST) {
    totalCount
    nodes {
      title
      stage
      authors { name organization { name } }
      endorsements { totalCount }
      contributions(first: 3) { totalCount nodes { type body author { name } } }
    }
  }
}`,
  },
  {
    title: 'Spaces and who is in them',
    text: 'Every space you may see, with its owners, its ideas and its conversations.',
    query: `query Spaces {
  spaces(first: 20) {
    nodes {
      id
      name
      visibility
      owners { name }
      ideas(first: 3) { totalCount nodes { title } }
      conversations(first: 3) { totalCount nodes { title messageCount } }
    }
  }
}`,
  },
  {
    title: 'Search everything said',
    text: 'Full-text search in ideas and messages, best match first, with the words marked.',
    query: `query Search($words: String!) {
  searchIdeas(query: $words, first: 5) {
    totalCount
    edges { rank highlight node { title } }
  }
  searchMessages(query: $words, first: 5) {
    totalCount
    edges { rank highlight node { author { name } conversation { title } } }
  }
}`,
    variables: { words: 'storage' },
  },
];

export function linkTo(example) {
  const parameters = new URLSearchParams({ query: example.query });
  if (example.variables) parameters.set('variables', JSON.stringify(example.variables, null, 2));
  return `/graphql?${parameters}`;
}
