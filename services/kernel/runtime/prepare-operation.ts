import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

/** One operation of a document, ready to run many times. */
export type PreparedOperation = (
  variables: { readonly [name: string]: unknown },
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult>;

const prepared = new WeakMap<DocumentNode, Map<string, PreparedOperation>>();

/**
 * Compiled to JavaScript the first time, as long as the document is kept: whoever asks keeps its documents. What the compiler
 * does not take is interpreted, as is what it refuses for its variables.
 */
export function prepareOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): PreparedOperation {
  const ofDocument = prepared.get(document) ?? new Map<string, PreparedOperation>();
  prepared.set(document, ofDocument);
  const known = ofDocument.get(operationName ?? '');
  if (known) return known;
  const made = compile(schema, document, operationName);
  ofDocument.set(operationName ?? '', made);
  return made;
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): PreparedOperation {
  const compiled = compileQuery(schema, document, operationName, { customJSONSerializer: false });
  if (isCompiledQuery(compiled)) return (variables, context) => compiled.query(undefined, context, { ...variables });
  return (variableValues, contextValue) => execute({ schema, document, operationName, variableValues, contextValue });
}
