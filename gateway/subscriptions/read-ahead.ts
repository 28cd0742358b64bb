interface Done<Result> {
  readonly result: Result;
}

/**
 * Works on several items of a source at once and gives the results in the order of the items: a stream that catches up waits for
 * many answers together instead of one after the other.
 */
export async function* readAhead<Item, Result>(
  source: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const items = source[Symbol.asyncIterator]();
  const underWay: Promise<Done<Result>>[] = [];
  const read = () => heard(items.next());
  let reading: Promise<IteratorResult<Item>> | undefined = read();
  try {
    while (reading || underWay.length > 0) {
      const mayRead: readonly Promise<IteratorResult<Item>>[] = reading && underWay.length < atOnce ? [reading] : [];
      const happened = await Promise.race([...mayRead, ...underWay.slice(0, 1)]);
      if ('result' in happened) {
        underWay.shift();
        yield happened.result;
      } else if (happened.done) {
        reading = undefined;
      } else {
        underWay.push(heard(work(happened.value).then((result) => ({ result }))));
        reading = read();
      }
    }
  } finally {
    // Not waited for: a source that has nothing to say ends when whoever made it gives it up.
    if (items.return) heard(items.return());
  }
}

/** What fails while something else is waited for is met later, or nobody wants it any more: it must not end the process. */
function heard<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
