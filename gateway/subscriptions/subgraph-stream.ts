/**
 * The streaming half of the border between gateway and subgraphs. A transport that can stream opens a subscription of a
 * subgraph and hands over its frames; one over a foreign subgraph may know no cursors, and then nothing can be resumed.
 */
import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer, SubgraphRequest } from '#gateway/execute/subgraph-transport.js';

export type SubgraphFrame =
  | { readonly kind: 'event'; readonly answer: SubgraphAnswer; readonly cursor?: string; readonly previous?: string }
  | { readonly kind: 'heartbeat'; readonly cursor: string };

export interface StreamTransport<Context> {
  /**
   * Resolves when the subgraph took the subscription. Throws {@link SubscriptionRefused} when it said no, a `SubgraphCallError` when
   * it is known not to answer at present, anything else when it could not be reached. The frames end or throw when the connection is lost; aborting the request's signal ends them.
   */
  subscribe(request: SubgraphRequest, context: Context): Promise<AsyncIterable<SubgraphFrame>>;
}

/** The subgraph understood and declined; asking again would bring the same answer. */
export class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';

  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'The subscription was refused.');
  }
}

/** What the errors mean with which a subgraph answered a subscription: a no, or that it cannot look at the moment. */
export function declined(subgraph: string, errors: readonly GraphQLFormattedError[]): Error {
  const away = errors.find(({ extensions }) => extensions?.code === 'UNAVAILABLE');
  return away
    ? new Error(`The subgraph ${subgraph} cannot stream now: ${away.message}`)
    : new SubscriptionRefused(errors);
}
