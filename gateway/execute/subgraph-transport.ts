/**
 * The border between the executor and the subgraphs. The executor knows what to ask; a transport knows how to ask it:
 * over HTTP with text, or in process with the parsed document.
 */
import type { DocumentNode } from 'graphql';

/** One object of a response, as JSON gives it. */
export type ResponseObject = { [key: string]: unknown };

/** What stays the same for every call of one fetch of a plan: prepared once, so transports may cache by it. */
export interface SubgraphOperation {
  readonly subgraph: string;
  readonly document: DocumentNode;
  readonly text: string;
  readonly operationName: string | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** SHA-256 of `text`, in hex. */
  readonly hash: string;
}

export interface SubgraphRequest extends SubgraphOperation {
  readonly variables: ResponseObject;
  /** Aborts when nobody waits for the answer any more. Made on first use, so a transport that ignores it costs nothing. */
  readonly signal: AbortSignal;
}

/** The executor owns the answer it is given and writes into `data`: a transport must not keep or share it. */
export interface SubgraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly SubgraphError[] | undefined;
  readonly extensions?: unknown;
}

export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: { readonly [key: string]: unknown } | undefined;
}

export interface SubgraphTransport<Context = unknown> {
  execute(request: SubgraphRequest, context: Context): SubgraphAnswer | Promise<SubgraphAnswer>;
  close?(): Promise<void>;
}

export type SubgraphFetch<Context = unknown> = SubgraphTransport<Context>['execute'];

export type CallFailureCode =
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_BAD_RESPONSE'
  | 'RESPONSE_TOO_LARGE'
  | 'OPERATION_TIMEOUT'
  | 'OPERATION_CANCELLED';

/** A call that brought no usable answer at all, as opposed to an answer that carries errors. */
export class SubgraphCallError extends Error {
  override readonly name = 'SubgraphCallError';
  /** False when nothing of the request can have reached the subgraph: it may be asked elsewhere, whatever it changes. */
  readonly sent: boolean;

  constructor(
    readonly code: CallFailureCode,
    message: string,
    { sent = true, ...options }: ErrorOptions & { readonly sent?: boolean } = {},
  ) {
    super(message, options);
    this.sent = sent;
  }
}
