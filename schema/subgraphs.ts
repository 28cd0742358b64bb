import { printSubgraphSchema } from '@apollo/subgraph';
import type { ServiceDefinition } from '#kernel/runtime/service.js';

export interface Subgraph {
  readonly name: string;
  readonly sdl: string;
}

/** The schema of each service as it is in the code. */
export function printSubgraphs(services: readonly ServiceDefinition[]): Promise<Subgraph[]> {
  return Promise.all(
    services.map(async ({ name, buildSchema }) => ({
      name,
      sdl: `${printSubgraphSchema(await buildSchema()).trim()}\n`,
    })),
  );
}
