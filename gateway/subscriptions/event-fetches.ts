import { copyOf } from '#gateway/execute/merge-answer.js';
import type { SubgraphAnswer, SubgraphFetch, SubgraphRequest } from '#gateway/execute/subgraph-transport.js';

/** Long enough for all streams that deliver an event to come by; nobody sees anything that is older. */
const keptMs = 100;

/**
 * What streams fetch to complete an event. Those of viewers of one class, however different what they asked for, mostly need the
 * same of it, and the first to come fetches for all. Only for the same event: what was fetched for an earlier one may be older
 * than this one.
 */
export class EventFetches {
  private readonly events = new Map<string, Map<string, Promise<SubgraphAnswer>>>();

  constructor(private readonly timeoutMs: number) {}

  /** `event` names the event and the class of the viewer. */
  sharedBy<Context>(event: string, fetch: SubgraphFetch<Context>): SubgraphFetch<Context> {
    return async (request, context) => {
      const answers = this.answersFor(event);
      const wanted = `${request.subgraph} ${request.hash} ${JSON.stringify(request.variables)}`;
      const underWay = answers.get(wanted);
      if (underWay) return ownCopy(await underWay);
      const asked = Promise.resolve(fetch(this.forAll(request), context));
      answers.set(wanted, asked);
      const forget = () => answers.get(wanted) === asked && answers.delete(wanted);
      asked.then(({ errors }) => errors && forget(), forget);
      return ownCopy(await asked);
    };
  }

  /** Not ended with the stream that happened to be the first: others wait for the answer as well. */
  private forAll({ subgraph, document, text, operationName, kind, hash, variables }: SubgraphRequest): SubgraphRequest {
    const signal = AbortSignal.timeout(this.timeoutMs);
    return { subgraph, document, text, operationName, kind, hash, variables, signal };
  }

  private answersFor(event: string): Map<string, Promise<SubgraphAnswer>> {
    const known = this.events.get(event);
    if (known) return known;
    const answers = new Map<string, Promise<SubgraphAnswer>>();
    this.events.set(event, answers);
    setTimeout(() => this.events.delete(event), keptMs).unref();
    return answers;
  }
}

/** Each stream writes into the answer. */
function ownCopy(answer: SubgraphAnswer): SubgraphAnswer {
  return { ...answer, data: copyOf(answer.data) };
}
