/** How long the gateway waits for what. Tests shorten what they would have to wait for. */
export interface GatewayTimes {
  /** For the headers of a request. */
  readonly headersMs: number;
  /** For a whole request. */
  readonly requestMs: number;
  /** For `connection_init` on a new socket. */
  readonly initialisationMs: number;
  /** Between two signs of life on a quiet connection: more often than proxies take one for dead. */
  readonly keepAliveMs: number;
  /**
   * For a client of an event stream, which answers no pings, to take something of what waits for it; twice as long where it took a part
   * just before. Longer than the time between two signs of life: nothing else is written to a quiet one.
   */
  readonly stalledMs: number;
  /** For a client that does not read to notice that it was let go; then its connection is cut. */
  readonly closeGraceMs: number;
  /** For those who keep idle connections to a gateway that stops, to see that it does. */
  readonly drainMs: number;
  /** Between two looks at the tokens of those who listen. With the trust of the authenticator it stays below a second. */
  readonly recheckMs: number;
  /** A stream outlives its last subscriber for so long: clients that lose their connection come back to it together. */
  readonly lingerMs: number;
  /** For one of the clients of a stream that are all behind to take half of what waits for it; then they are told to resume. Their stream waits meanwhile. */
  readonly slowClientMs: number;
  /** For one answer of one subgraph. */
  readonly fetchTimeoutMs: number;
  /** For a whole query or mutation, or one event of a subscription. */
  readonly operationTimeoutMs: number;
}

export const usualTimes: GatewayTimes = {
  headersMs: 10_000,
  requestMs: 60_000,
  initialisationMs: 10_000,
  keepAliveMs: 12_000,
  stalledMs: 15_000,
  closeGraceMs: 5_000,
  drainMs: 0,
  recheckMs: 500,
  lingerMs: 10_000,
  slowClientMs: 10_000,
  fetchTimeoutMs: 15_000,
  operationTimeoutMs: 30_000,
};
