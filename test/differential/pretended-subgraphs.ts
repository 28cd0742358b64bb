import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { readText } from '#test/docs/documents.js';
import { serviceNames } from '../../services/service-definitions.js';

export interface PretendedSubgraphs {
  ask(
    subgraph: string,
    document: DocumentNode,
    variables: { readonly [name: string]: unknown },
  ): Promise<ExecutionResult>;
}

/** Subgraphs with the schemas of ours that have an answer to everything and change nothing, so that mutations can be tried. */
export function pretendedSubgraphs(): PretendedSubgraphs {
  const schemas = new Map(serviceNames.map((name) => [name as string, schemaOf(name)]));
  return {
    async ask(subgraph, document, variableValues) {
      const schema = schemas.get(subgraph);
      if (!schema) throw new Error(`There is no subgraph "${subgraph}".`);
      return execute({ schema, document, variableValues, rootValue: {}, fieldResolver: pretend });
    },
  };
}

function schemaOf(name: string): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(readText(`schema/${name}.graphql`)) });
}

const pretend: GraphQLFieldResolver<Record<string, unknown>, unknown> = (object, _args, _context, info) =>
  object[info.fieldName] ?? pretended(info.returnType, info.schema, `${info.parentType.name}.${info.fieldName}`);

function pretended(type: GraphQLOutputType, schema: GraphQLSchema, coordinate: string): unknown {
  if (isNonNullType(type)) return pretended(type.ofType, schema, coordinate);
  if (isListType(type)) return [pretended(type.ofType, schema, coordinate)];
  if (isAbstractType(type)) return { __typename: schema.getPossibleTypes(type)[0]?.name };
  if (isObjectType(type)) return { __typename: type.name };
  if (isEnumType(type)) return type.getValues()[0]?.value;
  return scalars[type.name] ?? coordinate;
}

const scalars: Readonly<Record<string, unknown>> = {
  Boolean: true,
  DateTime: '2025-03-01T08:00:00.000Z',
  Float: 0.5,
  Int: 3,
};
