/** What a resolver threw, as a value among the others: the fields around it go on. */
export class Failure {
  constructor(readonly error: unknown) {}
}

/** The values once all of them are there, or undefined when none has to be waited for. Never rejects. */
export function settleAll(values: unknown[], isList: boolean): Promise<unknown[]> | undefined {
  let waits = false;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const settled = isList ? settleList(value) : isPromise(value) ? value.then(undefined, fail) : value;
    values[index] = settled;
    waits ||= isPromise(settled);
  }
  return waits ? Promise.all(values) : undefined;
}

/** A list may be promised, and so may each of its items. */
function settleList(value: unknown): unknown {
  if (isPromise(value)) return value.then(settleList, fail);
  if (!isIterable(value)) return value;
  try {
    const items = Array.isArray(value) ? value : [...value];
    return items.some(isUnsettled) ? Promise.all(items.map(settleList)) : items;
  } catch (error) {
    return new Failure(error);
  }
}

function isUnsettled(item: unknown): boolean {
  return isPromise(item) || isIterable(item);
}

function fail(error: unknown): Failure {
  return new Failure(error);
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Text can be iterated too, but is no list. */
function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
