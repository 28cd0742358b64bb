/** What one request carries through to the subgraphs. */
export interface CallerContext {
  readonly authorization: string | undefined;
  /** Aborts when the caller has gone away. */
  readonly signal: AbortSignal;
}
