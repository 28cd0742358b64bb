/**
 * A small shop of four subgraphs that together use every federation feature the executor has to understand. Built once
 * per test file; each request brings its own context.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { compose } from '#gateway/plan/compose.js';
import { loadSupergraph, type Supergraph, type SupergraphOptions } from '#gateway/plan/supergraph.js';
import { accountsResolvers, accountsSdl } from './accounts.js';
import { inventoryResolvers, inventorySdl } from './inventory.js';
import { productsResolvers, productsSdl } from './products.js';
import { reviewsResolvers, reviewsSdl } from './reviews.js';

export interface SubgraphSource {
  readonly sdl: string;
  readonly resolvers: object;
}

export interface TestGraph {
  readonly supergraph: Supergraph;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
}

export const shopSources = {
  accounts: { sdl: accountsSdl, resolvers: accountsResolvers },
  products: { sdl: productsSdl, resolvers: productsResolvers },
  reviews: { sdl: reviewsSdl, resolvers: reviewsResolvers },
  inventory: { sdl: inventorySdl, resolvers: inventoryResolvers },
};

export function buildShop(options?: SupergraphOptions): TestGraph {
  return buildGraph(shopSources, options);
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
