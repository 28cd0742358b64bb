import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  isObjectType,
  Kind,
  OperationTypeNode,
  visit,
} from 'graphql';
import { conditionVariables, fragmentsOf } from './collect-fields.js';
import type { Holder } from './place.js';
import { QueryRun } from './query-run.js';
import { type ObjectShape, shapeOfSelections } from './query-shape.js';

export type RunQuery = (
  variables: { readonly [name: string]: unknown },
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult>;

/** More combinations of conditions than any honest client uses; a hostile one makes us forget, not grow. */
const maxVariants = 64;

/**
 * A valid query, ready to run many times; undefined for what is left to graphql-js: mutations, whose fields take turns, what is not
 * there to be run, and what no service of ours has.
 */
export function compileQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): RunQuery | undefined {
  const operation = getOperationAST(document, operationName);
  const queryType = schema.getQueryType();
  if (operation?.operation !== OperationTypeNode.QUERY || !queryType) return undefined;
  if (hasTypeTests(schema) || namesPrototype(document)) return undefined;
  const fragments = fragmentsOf(document);
  const conditions = conditionVariables(document);
  const variants = new Map<string, ObjectShape>();
  const shapeFor = (variables: { readonly [name: string]: unknown }) => {
    const decided = new Map(conditions.map((name) => [name, variables[name] === true]));
    const id = [...decided.values()].join();
    const known = variants.get(id);
    if (known) return known;
    const made = shapeOfSelections({ schema, fragments, conditions: decided }, queryType, [operation.selectionSet]);
    if (variants.size >= maxVariants) variants.clear();
    variants.set(id, made);
    return made;
  };
  const parts = { schema, operation, fragments: Object.fromEntries<FragmentDefinitionNode>(fragments) };
  return (given, context) => {
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given, {
      maxErrors: 50,
    });
    if (errors) return { errors };
    const run = new QueryRun(parts, coerced, context);
    const answer: { data: Holder | null } = { data: null };
    const result = () => (run.errors.length > 0 ? { errors: run.errors, data: answer.data } : answer);
    const waiting = run.fill(shapeFor(coerced), answer);
    return waiting ? waiting.then(result) : result();
  };
}

/** Types that look at a row to say whether it is theirs. */
function hasTypeTests(schema: GraphQLSchema): boolean {
  return Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);
}

/** Legal as an alias, and not to be used as a key of an object. */
function namesPrototype(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD]({ alias }) {
      if (alias?.value === '__proto__') found = true;
    },
  });
  return found;
}
