import { type DocumentNode, type GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { RateLimit } from '#kernel/runtime/rate-limit.js';
import { type OperationCost, operationCost } from './cost/operation-cost.js';
import { limitExceeded } from './limit-error.js';
import type { Caller, RateLimiter } from './rate/rate-limiter.js';

/** A valid operation that is about to run. */
export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** Whether something may be done for somebody now: what it costs, and what is left of their budget. */
export interface Admission {
  /** For reading a document; throws before anything of it is parsed. */
  read(caller: Caller, points: number): Promise<void>;
  /** For running an operation: what is left, and why it may not run. */
  run(
    caller: Caller,
    operation: AskedOperation,
  ): Promise<{ readonly rate: RateLimit; readonly refused?: GraphQLError } | undefined>;
}

export function createAdmission(limiter: RateLimiter, maxCost: number): Admission {
  const costs = compiledCosts();
  return {
    async read(caller, points) {
      if (points === 0) return;
      const { refused } = await limiter.take(caller, points);
      if (refused) throw refused;
    },
    async run(caller, operation) {
      const cost = costs(operation)?.(operation.variables ?? {});
      if (cost === undefined) return undefined; // there is no such operation, which the executor tells
      const maximum = Math.min(maxCost, limiter.budgetOf(caller));
      if (cost > maximum) throw tooExpensive(cost, maximum);
      return limiter.take(caller, cost);
    },
  };
}

/** Once for each operation of a document: documents are kept by whoever parsed them. */
function compiledCosts(): (asked: AskedOperation) => OperationCost | undefined {
  const known = new WeakMap<DocumentNode, Map<string, OperationCost | undefined>>();
  return ({ schema, document, operationName }) => {
    const ofDocument = known.get(document) ?? new Map<string, OperationCost | undefined>();
    known.set(document, ofDocument);
    const name = operationName ?? '';
    if (ofDocument.has(name)) return ofDocument.get(name);
    const operation = getOperationAST(document, operationName);
    const cost = operation ? operationCost(schema, document, operation) : undefined;
    // Names that a document does not have are not kept: there is no end of them.
    if (cost) ofDocument.set(name, cost);
    return cost;
  };
}

function tooExpensive(value: number, maximum: number): GraphQLError {
  return limitExceeded({
    limit: 'cost',
    value,
    maximum,
    what: 'The operation may give too many objects, counted in points',
    instead: 'Ask for smaller pages with "first": those within each other multiply.',
  });
}
