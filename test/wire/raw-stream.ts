import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { eventually } from '#test/hub/eventually.js';

export interface StreamedEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** A response of Server-Sent Events, read as its text says. */
export interface RawStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly response: IncomingMessage;
  /** Everything that came. */
  text(): string;
  /** The events with data, in order. */
  events(): StreamedEvent[];
  /** Waits until there are so many events. */
  atLeast(count: number): Promise<StreamedEvent[]>;
  /** Waits until the hub has said anything: an event, or where the stream stands. */
  begun(): Promise<void>;
  /** Waits for the id of a block without data. */
  heartbeat(): Promise<string>;
  /** Resolves when the response has ended, in an orderly way or not. */
  ended(): Promise<void>;
  drop(): void;
}

export interface StreamRequest {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly query?: string;
  readonly variables?: object;
  /** Instead of query and variables. */
  readonly body?: string | Buffer;
}

const open = new Set<IncomingMessage>();

export function rawStream(url: string, asked: StreamRequest): Promise<RawStream> {
  const { method = 'POST', query, variables, body = JSON.stringify({ query, variables }) } = asked;
  const search =
    method === 'GET'
      ? `?${new URLSearchParams({ query: query ?? '', variables: JSON.stringify(variables ?? {}) })}`
      : '';
  const headers = {
    accept: 'text/event-stream',
    ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    ...(asked.token ? { authorization: `Bearer ${asked.token}` } : {}),
    ...asked.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${url}/graphql${search}`, { method, headers, agent: false }, (response) =>
      resolve(readStream(response)),
    );
    sent.on('error', reject);
    sent.end(method === 'POST' ? body : undefined);
  });
}

function readStream(response: IncomingMessage): RawStream {
  let text = '';
  open.add(response);
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
  });
  response.on('error', () => undefined); // a broken line is seen by its close
  const closed = new Promise<void>((resolve) =>
    response.on('close', () => {
      open.delete(response);
      resolve();
    }),
  );
  const events = () => blocksOf(text).filter(({ event }) => event !== '');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    response,
    text: () => text,
    events,
    atLeast: (count) => eventually(events, (all) => all.length >= count),
    async begun() {
      await eventually(
        () => blocksOf(text).filter(({ event, id }) => event !== '' || id !== undefined).length,
        (count) => count > 0,
      );
    },
    async heartbeat() {
      const [beat] = await eventually(
        () => blocksOf(text).filter(({ event, id }) => event === '' && id !== undefined),
        (all) => all.length > 0,
      );
      return beat?.id ?? '';
    },
    ended: () => closed,
    drop: () => void response.destroy(),
  };
}

function blocksOf(text: string): StreamedEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .map((block) => {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim();
      const data = field('data');
      return { event: field('event') ?? '', id: field('id'), data: data ? (JSON.parse(data) as unknown) : undefined };
    });
}

/** Ends what a test left open. */
export async function dropAll(): Promise<void> {
  for (const response of [...open]) response.destroy();
  await eventually(
    () => open.size,
    (size) => size === 0,
  );
}
