import type { GraphQLResolveInfo, OperationDefinitionNode, ResponsePath } from 'graphql';
import type { Place } from './place.js';
import type { QueryRun } from './query-run.js';
import type { FieldShape } from './query-shape.js';

/** What graphql-js tells a resolver as its last argument. */
export function fieldInfo(run: QueryRun, field: FieldShape, place: Place): GraphQLResolveInfo {
  // A package that only develops with us adds to the type what graphql 17 has; with graphql 16 nobody is given that.
  return new FieldInfo(run, field, place) as Pick<GraphQLResolveInfo, keyof FieldInfo> as GraphQLResolveInfo;
}

/** Few ask, so each part is looked up when somebody does. */
class FieldInfo {
  readonly rootValue = undefined;

  constructor(
    private readonly run: QueryRun,
    private readonly field: FieldShape,
    private readonly place: Place,
  ) {}

  get fieldName(): string {
    return this.field.name;
  }

  get fieldNodes(): GraphQLResolveInfo['fieldNodes'] {
    return this.field.nodes;
  }

  get returnType(): GraphQLResolveInfo['returnType'] {
    return this.field.definition.type;
  }

  get parentType(): GraphQLResolveInfo['parentType'] {
    return this.field.parentType;
  }

  get path(): ResponsePath {
    return { prev: this.place.linkedPath, key: this.field.key, typename: this.field.parentType.name };
  }

  get schema(): GraphQLResolveInfo['schema'] {
    return this.run.parts.schema;
  }

  get fragments(): GraphQLResolveInfo['fragments'] {
    return this.run.parts.fragments;
  }

  get operation(): OperationDefinitionNode {
    return this.run.parts.operation;
  }

  get variableValues(): GraphQLResolveInfo['variableValues'] {
    return this.run.variables;
  }
}
