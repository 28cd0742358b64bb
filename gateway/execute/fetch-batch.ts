/**
 * Entity fetches of one subgraph that start at the same moment travel in one call: over HTTP most of the cost of a small
 * fetch is the call itself. Each fetch joins when the plan reaches it; the last one to join sends for all.
 */
import { aliasAt, representationsAt } from './combine-documents.js';
import type { EntityError, EntityFetch, EntityRequest } from './entity-fetch.js';
import type { OperationRun } from './operation-run.js';
import type { PlanStep } from './plan-step.js';
import { remember } from './remember.js';
import { isResponseObject } from './response-object.js';
import type { ResponseObject, SubgraphAnswer, SubgraphError, SubgraphOperation } from './subgraph-transport.js';

interface Passenger {
  readonly index: number;
  readonly fetch: EntityFetch;
  readonly request: EntityRequest | undefined;
}

type ActivePassenger = Passenger & { readonly request: EntityRequest };

interface Departure {
  readonly passengers: Passenger[];
  readonly done: Promise<void>;
  readonly start: (work: Promise<void>) => void;
}

export class FetchBatch {
  readonly #operation: SubgraphOperation;
  readonly #size: number;
  readonly #departures = new WeakMap<OperationRun, Departure>();

  constructor(operation: SubgraphOperation, size: number) {
    this.#operation = operation;
    this.#size = size;
  }

  /** `index` is the place of the fetch in the combined document. */
  stepFor(fetch: EntityFetch, index: number): PlanStep {
    return (run) => this.#join(run, fetch, index);
  }

  #join(run: OperationRun, fetch: EntityFetch, index: number): Promise<void> {
    const departure = remember(this.#departures, run, openDeparture);
    const request = fetch.gather(fetch.path.collect(run.data));
    if (departure.passengers.push({ index, fetch, request }) === this.#size) {
      departure.start(this.#send(run, departure.passengers));
    }
    return departure.done;
  }

  async #send(run: OperationRun, passengers: readonly Passenger[]): Promise<void> {
    const active = passengers.filter((passenger): passenger is ActivePassenger => passenger.request !== undefined);
    if (active.length < 2) return sendApart(run, active);
    try {
      const answer = await run.call(this.#operation, combinedVariables(run, passengers));
      // One failure may empty the whole answer, because `_entities` must not be null. Asked apart, the others answer.
      if (!isResponseObject(answer.data)) return sendApart(run, active);
      deliverAll(run, active, answer.data, answer);
    } catch (failure) {
      for (const { fetch, request } of active) fetch.fail(run, request, failure);
    }
  }
}

function openDeparture(): Departure {
  let start: Departure['start'] = () => {};
  const done = new Promise<void>((resolve) => {
    start = resolve;
  });
  return { passengers: [], done, start };
}

async function sendApart(run: OperationRun, active: readonly ActivePassenger[]): Promise<void> {
  await Promise.all(active.map(({ fetch, request }) => fetch.runFor(run, request, fetch.variables(run))));
}

function combinedVariables(run: OperationRun, passengers: readonly Passenger[]): ResponseObject {
  const variables: ResponseObject = {};
  for (const { index, fetch, request } of passengers) {
    Object.assign(variables, fetch.variables(run));
    variables[representationsAt(index)] = request?.representations ?? [];
  }
  return variables;
}

function deliverAll(
  run: OperationRun,
  active: readonly ActivePassenger[],
  data: ResponseObject,
  { errors = [] }: SubgraphAnswer,
): void {
  for (const { index, fetch, request } of active) {
    const alias = aliasAt(index);
    const own = errors.filter(({ path }) => path?.[0] === alias).map(belowAlias);
    fetch.deliver(run, request, data[alias], own);
  }
  const [first] = active;
  const homeless = errors.filter(({ path }) => typeof path?.[0] !== 'string');
  if (first && homeless.length > 0) first.fetch.report(run, first.request, homeless.map(withoutPath));
}

function belowAlias(error: SubgraphError): EntityError {
  return { error, path: error.path?.slice(1) };
}

function withoutPath(error: SubgraphError): EntityError {
  return { error, path: undefined };
}
