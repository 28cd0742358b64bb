import { SubgraphCallError, type SubgraphRequest } from '#gateway/execute/subgraph-transport.js';
import { SubscriptionRefused } from '#gateway/subscriptions/subgraph-stream.js';
import type { HubTransport } from '#gateway/transports.js';

/** A process that could not be asked is asked last for so long: one that is being replaced is away for seconds. */
const restMs = 1_000;

interface Process {
  readonly transport: HubTransport;
  restsUntil: number;
}

/**
 * Calls of one subgraph, shared out in turn among the processes that serve it. When one of them is away another one is asked, unless
 * a change may already have happened there: that has to be told to whoever asked for it.
 */
export function shareOut(transports: readonly HubTransport[]): HubTransport {
  const [only, ...others] = transports;
  if (only && others.length === 0) return only;
  const inTurn = takeTurns(transports.map((transport) => ({ transport, restsUntil: 0 })));
  return {
    execute: (request, context) =>
      firstOf(
        inTurn(),
        (transport) => transport.execute(request, context),
        (failure) => mayBeAskedAgain(request, failure),
      ),
    subscribe: (request, context) =>
      firstOf(
        inTurn(),
        (transport) => transport.subscribe(request, context),
        (failure) => !(failure instanceof SubscriptionRefused) && !request.signal.aborted,
      ),
    close: async () => void (await Promise.all(transports.map(({ close }) => close?.()))),
  };
}

/** Each time another one comes first; those that rest are kept for when nobody else is there. */
function takeTurns(processes: readonly Process[]): () => Process[] {
  let first = 0;
  return () => {
    first = (first + 1) % processes.length;
    const now = performance.now();
    const inOrder = [...processes.slice(first), ...processes.slice(0, first)];
    return inOrder.sort((a, b) => Number(a.restsUntil > now) - Number(b.restsUntil > now));
  };
}

async function firstOf<Result>(
  processes: readonly Process[],
  ask: (transport: HubTransport) => Result | Promise<Result>,
  mayGoOn: (failure: unknown) => boolean,
): Promise<Result> {
  let failed: unknown;
  for (const process of processes) {
    try {
      return await ask(process.transport);
    } catch (failure) {
      if (!mayGoOn(failure)) throw failure;
      process.restsUntil = performance.now() + restMs;
      failed = failure;
    }
  }
  throw failed;
}

function mayBeAskedAgain(request: SubgraphRequest, failure: unknown): boolean {
  if (!(failure instanceof SubgraphCallError) || failure.code !== 'SUBGRAPH_UNAVAILABLE') return false;
  return (request.kind !== 'mutation' || !failure.sent) && !request.signal.aborted;
}
