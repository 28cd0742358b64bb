/**
 * The projection of one operation: from the tree of answers to the response. `@skip` and `@include` are decided once
 * per combination of their variables, each with its own shapes, so the walk never asks about them.
 */
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { errorOfValue } from '#gateway/execute/execution-errors.js';
import type { OperationRun } from '#gateway/execute/operation-run.js';
import type { SafeDocument } from '#gateway/execute/safe-aliases.js';
import type { ResponseObject } from '#gateway/execute/subgraph-transport.js';
import { collectFields, conditionVariables, fragmentsOf } from '#kernel/execution/collect-fields.js';
import { completeObject } from './complete-values.js';
import type { ObjectShape, Shaping } from './response-shape.js';
import { ShapeCompiler, type ShapeContext } from './shape-compiler.js';

/** More combinations than any honest client uses; a hostile one makes us forget, not grow. */
const MAX_VARIANTS = 64;

/** The operation under one combination of the conditions. */
export interface ProjectionVariant {
  readonly rootFields: ReadonlyMap<string, readonly FieldNode[]>;
  readonly shape: ObjectShape;
}

export class ResponseProjection {
  readonly #schema: GraphQLSchema;
  readonly #rootType: GraphQLObjectType;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #clientKeys: ReadonlyMap<string, string>;
  readonly #conditionVariables: readonly string[];
  readonly #variants = new Map<string, ProjectionVariant>();

  constructor(
    schema: GraphQLSchema,
    { document, clientKeys }: SafeDocument,
    operation: OperationDefinitionNode,
    rootType: GraphQLObjectType,
  ) {
    this.#schema = schema;
    this.#rootType = rootType;
    this.#operation = operation;
    this.#fragments = fragmentsOf(document);
    this.#clientKeys = clientKeys;
    this.#conditionVariables = conditionVariables(document);
  }

  variantFor(variables: ResponseObject): ProjectionVariant {
    const id = this.#conditionVariables.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let variant = this.#variants.get(id);
    if (!variant) {
      variant = this.#compileVariant(variables);
      if (this.#variants.size >= MAX_VARIANTS) this.#variants.clear();
      this.#variants.set(id, variant);
    }
    return variant;
  }

  project({ shape }: ProjectionVariant, run: OperationRun): ResponseObject | null {
    return completeObject(run.data, shape, shapingOf(run));
  }

  #compileVariant(variables: ResponseObject): ProjectionVariant {
    const conditions = new Map(this.#conditionVariables.map((name) => [name, variables[name] === true]));
    const context: ShapeContext = {
      schema: this.#schema,
      fragments: this.#fragments,
      clientKeys: this.#clientKeys,
      conditions,
    };
    const selectionSets = [this.#operation.selectionSet];
    return {
      rootFields: collectFields(context, this.#rootType, selectionSets),
      shape: new ShapeCompiler(context).shapeOf(this.#rootType, selectionSets),
    };
  }
}

function shapingOf(run: OperationRun): Shaping {
  const path: (string | number)[] = [];
  return {
    path,
    missing(owner, coordinate) {
      if (run.silenced.has(owner) || run.explained.explains(path)) return;
      const message = `${coordinate} must not be null, but no service gave a value.`;
      run.errors.push(errorOfValue('NULL_IN_NON_NULL_FIELD', message, [...path]));
    },
    invalid(coordinate, expected) {
      run.errors.push(errorOfValue('INVALID_VALUE', `${coordinate} is not ${expected}.`, [...path]));
    },
  };
}
