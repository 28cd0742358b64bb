import { buildASTSchema, type GraphQLSchema, isObjectType, parse } from 'graphql';
import { loadSupergraph } from '#gateway/plan/supergraph.js';
import { type DeclaredScopes, declaredScopes } from '#kernel/graphql/scope.js';
import { addedFields } from './added-fields.js';

/** Who one is, what one may still ask for, what scopes there are, and things by their ids, whose types carry the scopes. */
const open: ReadonlySet<string> = new Set([
  'Query.viewer',
  'Query.rateLimit',
  'Query.node',
  'Query.nodes',
  'Query.scopes',
]);

/**
 * The root fields, the types with a global id and the fields that a service adds to types of another that name no scope: a limited
 * token would reach them all. The last are asked by the service that adds them, which knows nothing of the scope of the type.
 */
export function fieldsWithoutScope(supergraphSdl: string): string[] {
  const document = parse(supergraphSdl);
  const declared = declaredScopes(buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }));
  const { apiSchema } = loadSupergraph(supergraphSdl);
  const added = addedFields(document).filter(({ type, field }) => declared.ofField(type, field) === undefined);
  return [
    ...rootFields(apiSchema, declared),
    ...nodeTypes(apiSchema, declared),
    ...added.map(({ type, field }) => `${type}.${field}`),
  ];
}

function rootFields(schema: GraphQLSchema, declared: DeclaredScopes): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots
    .filter((root) => root !== null && root !== undefined)
    .flatMap((root) => Object.keys(root.getFields()).map((field) => [root.name, field] as const))
    .filter(([root, field]) => declared.ofField(root, field) === undefined)
    .map((coordinate) => coordinate.join('.'))
    .filter((coordinate) => !open.has(coordinate));
}

function nodeTypes(schema: GraphQLSchema, declared: DeclaredScopes): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'))
    .map(({ name }) => name)
    .filter((name) => declared.ofType(name) === undefined);
}
