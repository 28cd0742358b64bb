/** A supergraph composed from a few subgraphs of a test, all of them in process. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { compose } from '#gateway/plan/compose.js';
import { loadSupergraph, type Supergraph, type SupergraphOptions } from '#gateway/plan/supergraph.js';

export interface SubgraphSource {
  readonly sdl: string;
  readonly resolvers: object;
}

export interface TestGraph {
  readonly supergraph: Supergraph;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
}

/** The first line of a subgraph's SDL; `imports` are directive names without `@`. */
export function link(...imports: string[]): string {
  const names = imports.map((name) => `"@${name}"`).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])\n`;
}

export function buildGraph(
  sources: { readonly [name: string]: SubgraphSource },
  options?: SupergraphOptions,
): TestGraph {
  const { supergraphSdl, errors } = compose(
    Object.entries(sources).map(([name, { sdl }]) => ({ name, url: `http://${name}.invalid/graphql`, sdl })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  const schemas = Object.entries(sources).map(
    ([name, { sdl, resolvers }]) => [name, subgraphSchema(sdl, resolvers)] as const,
  );
  return { supergraph: loadSupergraph(supergraphSdl, options), schemas: new Map(schemas) };
}

function subgraphSchema(sdl: string, resolvers: object): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(sdl), resolvers } as Parameters<typeof buildSubgraphSchema>[0]);
}
