/**
 * One execution of one operation: the tree of answers so far, the errors, the calls under way and what may end them.
 * Every call settles here, by its answer, by its own timeout or because the operation was stopped, so no step of a plan
 * can wait for ever and none needs a race of its own.
 */
import type { GraphQLError } from 'graphql';
import { ExplainedPaths, type ResponsePathKeys } from './explained-paths.js';
import { copyOf } from './merge-answer.js';
import { SubgraphCall } from './subgraph-call.js';
import {
  type ResponseObject,
  type SubgraphAnswer,
  SubgraphCallError,
  type SubgraphFetch,
  type SubgraphOperation,
} from './subgraph-transport.js';

export interface RunOptions<Context> {
  /** Coerced values, defaults included. */
  readonly variables: ResponseObject;
  readonly context: Context;
  readonly fetch: SubgraphFetch<Context>;
  readonly limits: RunLimits;
  readonly signal?: AbortSignal | undefined;
  /** The client's name for each key that is planned under another one. */
  readonly clientKeys: ReadonlyMap<string, string>;
}

interface Joiner {
  readonly resolve: (answer: SubgraphAnswer) => void;
  readonly reject: (failure: unknown) => void;
}

export interface RunLimits {
  readonly fetchTimeoutMs: number;
  readonly operationTimeoutMs: number;
}

export class OperationRun<Context = unknown> {
  readonly data: ResponseObject;
  readonly errors: GraphQLError[] = [];
  readonly explained = new ExplainedPaths();
  /** Objects that lack fields for a reason already known, so that a missing field of theirs is no new error. */
  readonly silenced = new Set<object>();
  readonly variables: ResponseObject;
  readonly #options: RunOptions<Context>;
  readonly #calls = new Set<SubgraphCall>();
  readonly #joiners = new Map<string, Joiner[]>();
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = () => this.#stop('OPERATION_CANCELLED', 'The operation was cancelled.');
  #stopped: SubgraphCallError | undefined;

  constructor(options: RunOptions<Context>, data: ResponseObject = {}) {
    this.data = data;
    this.variables = options.variables;
    this.#options = options;
    const { operationTimeoutMs } = options.limits;
    this.#timer = setTimeout(() => this.#timeOut(operationTimeoutMs), operationTimeoutMs);
    if (options.signal?.aborted) this.#onAbort();
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** A path in the tree of answers, as the client knows it. */
  clientPath(path: ResponsePathKeys): ResponsePathKeys {
    const { clientKeys } = this.#options;
    return clientKeys.size === 0 ? path : path.map((key) => clientKeys.get(String(key)) ?? key);
  }

  /** Errors at, above or beneath this path have been reported. */
  explain(path: ResponsePathKeys): void {
    this.explained.add(this.clientPath(path));
  }

  /** Rejects with a SubgraphCallError when no answer came. */
  call(operation: SubgraphOperation, variables: ResponseObject): Promise<SubgraphAnswer> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      const call = new SubgraphCall(operation, variables, resolve, reject);
      call.onSettled = () => this.#calls.delete(call);
      this.#calls.add(call);
      call.start(this.#options.fetch, this.#options.context, this.#options.limits.fetchTimeoutMs);
    });
  }

  /** Like `call`, but joins a call with the same identity that is under way. Who joins gets a copy of the answer. */
  callOnce(identity: string, operation: SubgraphOperation, variables: ResponseObject): Promise<SubgraphAnswer> {
    const underWay = this.#joiners.get(identity);
    if (underWay) return new Promise((resolve, reject) => underWay.push({ resolve, reject }));
    const joiners: Joiner[] = [];
    this.#joiners.set(identity, joiners);
    return this.call(operation, variables).then(
      (answer) => {
        this.#joiners.delete(identity);
        for (const { resolve } of joiners) resolve({ ...answer, data: copyOf(answer.data) });
        return answer;
      },
      (failure: unknown) => {
        this.#joiners.delete(identity);
        for (const { reject } of joiners) reject(failure);
        throw failure;
      },
    );
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }

  #timeOut(afterMs: number): void {
    this.#stop('OPERATION_TIMEOUT', `The operation took longer than ${afterMs} ms. Ask for less at once.`);
  }

  #stop(code: 'OPERATION_TIMEOUT' | 'OPERATION_CANCELLED', message: string): void {
    this.#stopped = new SubgraphCallError(code, message);
    for (const call of this.#calls) call.cancel(this.#stopped);
  }
}
