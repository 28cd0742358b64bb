/** One call to a subgraph, which is at the same time the request its transport sees. */
import {
  type ResponseObject,
  type SubgraphAnswer,
  SubgraphCallError,
  type SubgraphFetch,
  type SubgraphOperation,
  type SubgraphRequest,
} from './subgraph-transport.js';

export class SubgraphCall implements SubgraphRequest {
  readonly subgraph;
  readonly document;
  readonly text;
  readonly operationName;
  readonly kind;
  readonly hash;
  onSettled: () => void = () => {};
  #abort: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #cancelled: SubgraphCallError | undefined;
  readonly #succeed = (answer: SubgraphAnswer) => {
    this.#settle();
    this.resolve(answer);
  };
  readonly #fail = (failure: unknown) => {
    this.#settle();
    this.reject(failure);
  };

  constructor(
    operation: SubgraphOperation,
    readonly variables: ResponseObject,
    private readonly resolve: (answer: SubgraphAnswer) => void,
    private readonly reject: (failure: unknown) => void,
  ) {
    this.subgraph = operation.subgraph;
    this.document = operation.document;
    this.text = operation.text;
    this.operationName = operation.operationName;
    this.kind = operation.kind;
    this.hash = operation.hash;
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#cancelled) this.#abort.abort(this.#cancelled);
    return this.#abort.signal;
  }

  start<Context>(fetch: SubgraphFetch<Context>, context: Context, timeoutMs: number): void {
    this.#timer = setTimeout(() => this.cancel(timeoutError(this.subgraph, timeoutMs)), timeoutMs);
    try {
      const answer = fetch(this, context);
      if ('then' in answer) answer.then(this.#succeed, this.#fail);
      else this.#succeed(answer);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  cancel(reason: SubgraphCallError): void {
    this.#cancelled = reason;
    this.#abort?.abort(reason);
    this.#fail(reason);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.onSettled();
  }
}

function timeoutError(subgraph: string, afterMs: number): SubgraphCallError {
  return new SubgraphCallError('SUBGRAPH_TIMEOUT', `The service "${subgraph}" did not answer within ${afterMs} ms.`);
}
