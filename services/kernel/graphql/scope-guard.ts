import {
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { holdsScope, type Scope } from '../auth/scopes.js';
import { limitingScopes, type Viewer } from '../auth/viewer.js';
import { missingScope } from '../errors/request-error.js';
import { type DeclaredScopes, declaredScopes } from './scope.js';

/** Throws FORBIDDEN when an operation names a field whose scope the viewer was not given. The document must be valid. */
export type ScopeGuard = (viewer: Viewer, document: DocumentNode, operationName: string | null | undefined) => void;

/**
 * Refuses a whole operation before anything of it runs, so that nothing is half done. What it needs follows from its text and is
 * found out once a document; who is not limited by scopes is not even looked at.
 */
export function scopeGuard(schema: GraphQLSchema, declared: DeclaredScopes): ScopeGuard {
  const known = new WeakMap<DocumentNode, Map<string, readonly Scope[]>>();
  const neededBy = (document: DocumentNode, operationName: string): readonly Scope[] => {
    const operations = known.get(document) ?? new Map<string, readonly Scope[]>();
    known.set(document, operations);
    const needed = operations.get(operationName) ?? neededScopes(schema, declared, document, operationName);
    operations.set(operationName, needed);
    return needed;
  };
  return (viewer, document, operationName) => {
    const held = limitingScopes(viewer);
    if (!held) return;
    const missing = neededBy(document, operationName ?? '').filter((scope) => !holdsScope(held, scope));
    if (missing.length > 0) throw missingScope(missing);
  };
}

const guards = new WeakMap<GraphQLSchema, ScopeGuard>();

/** The answer of a subgraph to an operation that its viewer was not given the scopes for; undefined when it may run. */
export function refusedForScopes(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  { viewer }: { readonly viewer: Viewer },
): { readonly errors: readonly GraphQLError[] } | undefined {
  const guard = guards.get(schema) ?? scopeGuard(schema, declaredScopes(schema));
  guards.set(schema, guard);
  try {
    guard(viewer, document, operationName);
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

function neededScopes(
  schema: GraphQLSchema,
  declared: DeclaredScopes,
  document: DocumentNode,
  operationName: string,
): readonly Scope[] {
  const operation = getOperationAST(document, operationName || undefined);
  if (!operation) return []; // nothing of it can run
  const fragments = new Map(
    document.definitions.flatMap((part) => (part.kind === Kind.FRAGMENT_DEFINITION ? [[part.name.value, part]] : [])),
  );
  const needed = new Set<Scope>();
  const waiting: DefinitionNode[] = [operation];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const name of collect(schema, declared, next, needed)) {
      const fragment = fragments.get(name);
      fragments.delete(name);
      if (fragment) waiting.push(fragment);
    }
  }
  return [...needed].sort();
}

/** Adds the scopes of one definition; gives the names of the fragments it spreads. */
function collect(
  schema: GraphQLSchema,
  declared: DeclaredScopes,
  definition: DefinitionNode,
  needed: Set<Scope>,
): string[] {
  const spread: string[] = [];
  const types = new TypeInfo(schema);
  const add = (scope: Scope | undefined) => void (scope && needed.add(scope));
  visit(
    definition,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType()?.name ?? '';
        add(declared.ofField(parent, name.value));
        add(declared.ofType(parent));
      },
      FragmentSpread({ name }) {
        spread.push(name.value);
      },
    }),
  );
  return spread;
}
