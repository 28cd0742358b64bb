const retryMs = 1_000;

/** A fetcher for GraphiQL: subscriptions come by Server-Sent Events, everything else as `ask` does it. */
export function streamFetcher(url, ask) {
  return (parameters, options) =>
    isSubscription(parameters, options?.documentAST)
      ? stream(url, parameters, options?.headers)
      : ask(parameters, options);
}

function isSubscription({ operationName }, document) {
  const operations = document?.definitions.filter(({ kind }) => kind === 'OperationDefinition') ?? [];
  const asked = operations.length > 1 ? operations.find(({ name }) => name?.value === operationName) : operations[0];
  return asked?.operation === 'subscription';
}

function stream(url, parameters, headers) {
  const control = new AbortController();
  const results = readResults(url, parameters, headers, control.signal);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => results.next(),
    // Not left to the generator: that waits for the next event, which may never come.
    async return() {
      control.abort();
      return { done: true, value: undefined };
    },
  };
}

/** The results one by one; goes on behind the last place it was told when the line is lost. */
async function* readResults(url, parameters, headers, signal) {
  const request = { method: 'POST', body: JSON.stringify(parameters), signal };
  const sent = { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' };
  let place;
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { ...request, headers: place ? { ...sent, 'last-event-id': place } : sent });
      if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return yield await response.json();
      for await (const { id, event, data } of readEvents(response.body)) {
        if (event === 'complete') return;
        if (event === 'next') yield JSON.parse(data);
        place = id ?? place;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (place === undefined) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    yield* blocks.map(toEvent);
  }
}

function toEvent(block) {
  const lines = block.split('\n');
  const field = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return { id: field('id'), event: field('event'), data: field('data') };
}
