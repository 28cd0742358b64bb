import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestClient } from '../hub/graphql-client.js';
import type { DeedKind } from './deeds.js';

export interface DoingOptions {
  readonly client: TestClient;
  /** They take turns. */
  readonly kinds: readonly DeedKind[];
  /** How many write at the same time. */
  readonly writers: number;
  /** How many deeds there are; no end when left out. */
  readonly deeds?: number;
  /** Between two deeds of one writer. */
  readonly pauseMs?: number;
}

/** One time that a deed was asked for. */
export interface Attempt {
  readonly at: number;
  readonly milliseconds: number;
  /** "ok", the code of the error, or "no answer". */
  readonly outcome: string;
}

export interface Doing {
  /** The texts of the deeds that the hub acknowledged, with the cursor of each. */
  readonly acknowledged: ReadonlyMap<string, { readonly kind: DeedKind; readonly at: number; readonly cursor: string }>;
  /** All texts that were ever sent. */
  readonly sent: ReadonlySet<string>;
  readonly attempts: readonly Attempt[];
  reaches(count: number): Promise<void>;
  /** Lets every writer finish the deed it is at, or give it up; resolves when they have. */
  stop(): Promise<void>;
  /** Resolves when all are done; fails when the hub says what it must not say. */
  readonly done: Promise<void>;
}

const betweenAttemptsMs = 100;

/** Does things, each again with the same idempotency key until it is acknowledged, as any careful client would. */
export function doDeeds({
  client,
  kinds,
  writers,
  deeds = Number.POSITIVE_INFINITY,
  pauseMs = 0,
}: DoingOptions): Doing {
  const acknowledged = new Map<string, { kind: DeedKind; at: number; cursor: string }>();
  const sent = new Set<string>();
  const attempts: Attempt[] = [];
  const progress = new EventEmitter();
  const stopping = new AbortController();
  let next = 0;

  async function write(): Promise<void> {
    for (let n = next++; n < deeds && !stopping.signal.aborted; n = next++) {
      const kind = kinds[n % kinds.length];
      if (kind) await doOne(kind, `${kind.name} ${n}`);
      if (pauseMs > 0) await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function doOne(kind: DeedKind, text: string): Promise<void> {
    sent.add(text);
    while (!stopping.signal.aborted) {
      const at = Date.now();
      const { outcome, cursor } = await ask(client, kind, text);
      attempts.push({ at, milliseconds: Date.now() - at, outcome });
      if (cursor !== undefined) {
        acknowledged.set(text, { kind, at: Date.now(), cursor });
        progress.emit('moved');
        return;
      }
      if (!isPassing(outcome)) throw new Error(`"${text}" was refused: ${outcome}`);
      await pause(betweenAttemptsMs);
    }
  }

  const done = Promise.all(Array.from({ length: writers }, write)).then(() => undefined);
  return {
    acknowledged,
    sent,
    attempts,
    async reaches(count) {
      while (acknowledged.size < count) await Promise.race([once(progress, 'moved'), done.then(never)]);
    },
    async stop() {
      stopping.abort();
      await done;
    },
    done,
  };
}

async function ask(client: TestClient, kind: DeedKind, text: string): Promise<{ outcome: string; cursor?: string }> {
  const type = `${kind.mutation.charAt(0).toUpperCase()}${kind.mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { payload: ${kind.mutation}(input: $input) { cursor errors { code message } } }`;
  const input = { ...kind.input(text), idempotencyKey: text };
  try {
    const { data, errors } = await client.send<{ payload: Payload | null }>(document, { input });
    const cursor = data?.payload?.cursor;
    if (cursor) return { outcome: 'ok', cursor };
    return { outcome: errors?.[0]?.extensions?.code ?? data?.payload?.errors[0]?.code ?? 'nothing' };
  } catch {
    return { outcome: 'no answer' };
  }
}

interface Payload {
  readonly cursor: string | null;
  readonly errors: readonly { readonly code: string }[];
}

/** A part of the hub is away, and it says so. Anything else, "INTERNAL" included, is no answer to give during an outage. */
function isPassing(outcome: string): boolean {
  return /^(no answer|UNAVAILABLE|SUBGRAPH_UNAVAILABLE|SUBGRAPH_TIMEOUT)$/.test(outcome);
}

function never(): never {
  throw new Error('There were fewer deeds than waited for.');
}
