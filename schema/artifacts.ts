import { lexicographicSortSchema, printSchema } from 'graphql';
import { z } from 'zod';
import { compose } from '#gateway/plan/compose.js';
import { loadSupergraph } from '#gateway/plan/supergraph.js';
import { eventCatalogue } from '#kernel/events/catalogue.js';
import { loadDefinition, serviceNames } from '../services/service-definitions.js';
import { fieldsWithoutScope } from './fields-without-scope.js';
import { printSubgraphs } from './subgraphs.js';

export class SchemaProblem extends Error {
  override readonly name = 'SchemaProblem';
}

/** Everything the folder `schema/` holds of the code, by file name. Throws when the subgraphs do not compose cleanly. */
export async function makeArtifacts(): Promise<ReadonlyMap<string, string>> {
  const subgraphs = await printSubgraphs(await Promise.all(serviceNames.map(loadDefinition)));
  const { supergraphSdl, errors, hints } = compose(
    subgraphs.map((subgraph) => ({ ...subgraph, url: `http://${subgraph.name}` })),
  );
  const problems = [...errors, ...hints].map(({ code, message }) => `${code}: ${message}`);
  if (problems.length > 0 || supergraphSdl === undefined) {
    throw new SchemaProblem(`The subgraphs do not compose cleanly:\n${problems.join('\n')}`);
  }
  const unplaced = fieldsWithoutScope(supergraphSdl);
  if (unplaced.length > 0) {
    throw new SchemaProblem(
      `These need a scope (@NeedsScope above the field or the type; services/kernel/graphql/scope.ts), or a place among the open fields of schema/fields-without-scope.ts:\n${unplaced.join('\n')}`,
    );
  }
  return new Map([
    ...subgraphs.map(({ name, sdl }): [string, string] => [`${name}.graphql`, sdl]),
    ['supergraph.graphql', `${supergraphSdl.trim()}\n`],
    ['api.graphql', `${printSchema(lexicographicSortSchema(loadSupergraph(supergraphSdl).apiSchema)).trim()}\n`],
    ['events.json', `${JSON.stringify(eventTypes(), null, 2)}\n`],
  ]);
}

function eventTypes(): object {
  return Object.fromEntries(
    Object.entries(eventCatalogue).map(([type, { description, data }]) => [
      type,
      { description, data: z.toJSONSchema(data) },
    ]),
  );
}
