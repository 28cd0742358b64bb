/**
 * A supergraph, read once from its SDL: the schema that clients see, the subgraphs behind it, and plans for operations.
 *
 * This folder is the only place that imports Apollo's planner and composition (Elastic licence). Everything else sees
 * plain graphql-js schemas and the plan types of `query-plan.ts`, so the planner can be replaced behind this file.
 */
import {
  DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  operationFromDocument,
  Supergraph as PlannedSupergraph,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType, parse } from 'graphql';
import type { QueryPlan } from './query-plan.js';
import { reservedNames } from './reserved-names.js';

export interface Supergraph {
  readonly sdl: string;
  /** What clients may see: validation and introspection run on this one; everything `@inaccessible` is gone. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly SubgraphAddress[];
  /** Field names that plans may add to any object; see `reserved-names.ts`. */
  readonly reservedNames: ReadonlySet<string>;
  /** The document must already be valid against `apiSchema`. Throws a GraphQLError when it cannot be planned. */
  plan(document: DocumentNode, operationName?: string | null): QueryPlan;
  /** Whether an object of type `typename` matches `... on condition`, inaccessible types included. */
  typeMatches(typename: string, condition: string): boolean;
}

export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

export interface SupergraphOptions {
  /**
   * Plans keep fragments on different types apart, so that one response key may mean different things in two types.
   * Without it, such an operation answers wrong data.
   */
  readonly typeConditionedFetching?: boolean;
  /** The planner weighs at most this many plans; more costs CPU for the first request of an operation. */
  readonly maxEvaluatedPlans?: number;
  /** Further feature URLs that the caller enforces itself, for example `https://specs.apollo.dev/requiresScopes/v0.1`. */
  readonly enforcedFeatures?: readonly string[];
}

const CONTEXTUAL_ARGUMENTS = 'https://specs.apollo.dev/context/v0.1';

export function loadSupergraph(sdl: string, options: SupergraphOptions = {}): Supergraph {
  const supergraph = PlannedSupergraph.build(sdl, { supportedFeatures: supportedFeatures(options) });
  const planner = new QueryPlanner(supergraph, {
    exposeDocumentNodeInFetchNode: true,
    reuseQueryFragments: false,
    typeConditionedFetching: options.typeConditionedFetching ?? true,
    debug: { maxEvaluatedPlans: options.maxEvaluatedPlans ?? 1_000 },
  });
  const api = supergraph.apiSchema();
  const fullSchema = supergraph.schema.toGraphQLJSSchema();
  return {
    sdl,
    apiSchema: api.toGraphQLJSSchema(),
    subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
    reservedNames: reservedNames(parse(sdl, { noLocation: true })),
    plan: (document, operationName) =>
      planner.buildQueryPlan(operationFromDocument(api, document, namedOperation(operationName))),
    typeMatches: (typename, condition) => typeMatches(fullSchema, typename, condition),
  };
}

/** A supergraph that relies on a security feature nobody enforces must be refused, not served without it. */
function supportedFeatures({ enforcedFeatures = [] }: SupergraphOptions): Set<string> {
  return new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, CONTEXTUAL_ARGUMENTS, ...enforcedFeatures]);
}

function namedOperation(operationName: string | null | undefined) {
  return operationName ? { operationName, validate: false } : { validate: false };
}

function typeMatches(schema: GraphQLSchema, typename: string, condition: string): boolean {
  if (typename === condition) return true;
  const type = schema.getType(typename);
  const expected = schema.getType(condition);
  if (!isAbstractType(expected)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(expected, type);
}
