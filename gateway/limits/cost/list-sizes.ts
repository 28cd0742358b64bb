import type { GraphQLCompositeType, GraphQLSchema } from 'graphql';

/** Lists without pages are bounded by what they mean - authors, teams, mentions - and mostly short. */
const usualListSize = 5;

/** Everything of introspection is in memory: an object of it costs about so much of one that a service has to be asked for. */
export const introspectionWeight = 0.01;

/** The parts of a schema of our size. */
const introspectionLists = new Map([
  ['fields', 12],
  ['args', 3],
  ['inputFields', 8],
  ['enumValues', 6],
  ['possibleTypes', 10],
  ['interfaces', 1],
  ['directives', 6],
]);

/** How long a list is taken to be; `page` where the connection around it was asked for a size. */
export function listSize(schema: GraphQLSchema, parent: GraphQLCompositeType, field: string): number | 'page' {
  if (parent.name.endsWith('Connection') && (field === 'nodes' || field === 'edges')) return 'page';
  if (!parent.name.startsWith('__')) return usualListSize;
  return field === 'types' ? Object.keys(schema.getTypeMap()).length : (introspectionLists.get(field) ?? usualListSize);
}
