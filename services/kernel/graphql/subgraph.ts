import { buildSubgraphSchema } from '@apollo/subgraph';
import { getResolversFromSchema, printSchemaWithDirectives } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, isObjectType, isTypeDefinitionNode, parse } from 'graphql';
import { buildSchema, type ClassType, type NonEmptyArray } from 'type-graphql';
import type { RequestContext } from '../runtime/request-context.js';
import { checkPropertyNames, directResolvers, readPropertiesPlainly } from './direct-resolvers.js';
import { keyOf } from './entity-key.js';
import { describeScope, scopeDirective } from './scope.js';

export interface SubgraphDefinition<Context extends RequestContext> {
  readonly resolvers: NonEmptyArray<ClassType>;
  /** Types that no field names but that must be there: what implements an interface. */
  readonly orphanedTypes?: readonly ClassType[];
  /** For each entity, how the thing of a key is found; null when it does not exist for this viewer. */
  readonly references: Readonly<Record<string, (key: string, ctx: Context) => unknown>>;
}

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@inaccessible", "@external", "@provides", "@requires", "@tag", "@composeDirective"])\n`;

/**
 * A federation subgraph of decorated classes. type-graphql cannot declare how references are resolved, so its schema is printed
 * and built once more together with them.
 */
export async function buildSubgraph<Context extends RequestContext>(
  definition: SubgraphDefinition<Context>,
): Promise<GraphQLSchema> {
  readPropertiesPlainly();
  const decorated = await buildSchema({
    resolvers: definition.resolvers,
    orphanedTypes: (definition.orphanedTypes ?? []) as never[],
    validate: false,
    skipCheck: true,
    pubSub: streamsReadTheLog,
  });
  checkPropertyNames();
  const resolvers = getResolversFromSchema(decorated) as Record<string, Record<string, unknown>>;
  for (const [type, direct] of Object.entries(directResolvers(definition.resolvers)))
    resolvers[type] = { ...resolvers[type], ...direct };
  for (const type of keyedTypes(decorated)) resolvers[type] = { ...resolvers[type], key: keyOf };
  for (const [type, resolve] of Object.entries(definition.references)) {
    const resolveReference = (reference: { key: string }, ctx: Context) => resolve(reference.key, ctx);
    resolvers[type] = { ...resolvers[type], __resolveReference: resolveReference };
  }
  return buildSubgraphSchema({ typeDefs: subgraphDocument(decorated), resolvers: resolvers as never });
}

/** type-graphql asks for one. Our streams follow the log of events, where nothing is published and nothing can be missed. */
const streamsReadTheLog = {
  publish: () => undefined,
  subscribe(topic: string): never {
    throw new Error(`Nothing is published under "${topic}": give the subscription a "subscribe" function.`);
  },
};

function keyedTypes(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && type.getFields().key !== undefined)
    .map((type) => type.name);
}

function subgraphDocument(schema: GraphQLSchema): DocumentNode {
  const document = parse(federation + scopeDirective + printSchemaWithDirectives(schema));
  return {
    ...document,
    definitions: document.definitions.map((part) => (isTypeDefinitionNode(part) ? describeScope(part) : part)),
  };
}
