/**
 * A small shop of four subgraphs that together use every federation feature the executor has to understand. Built once
 * per test file; each request brings its own context.
 */
import { buildGraph, type TestGraph } from '#gateway/execute/testing/test-graph.js';
import type { SupergraphOptions } from '#gateway/plan/supergraph.js';
import { accountsResolvers, accountsSdl } from './accounts.js';
import { inventoryResolvers, inventorySdl } from './inventory.js';
import { productsResolvers, productsSdl } from './products.js';
import { reviewsResolvers, reviewsSdl } from './reviews.js';

export const shopSources = {
  accounts: { sdl: accountsSdl, resolvers: accountsResolvers },
  products: { sdl: productsSdl, resolvers: productsResolvers },
  reviews: { sdl: reviewsSdl, resolvers: reviewsResolvers },
  inventory: { sdl: inventorySdl, resolvers: inventoryResolvers },
};

export function buildShop(options?: SupergraphOptions): TestGraph {
  return buildGraph(shopSources, options);
}
