import { GraphQLError } from 'graphql';
import type { Viewer } from '#kernel/auth/viewer.js';

/** Somebody who was let in and keeps listening. */
export interface Listener {
  /** What they were let in with last; undefined for those who are nobody, and can become nothing less. */
  readonly credentials: string | undefined;
  readonly viewer: Viewer | undefined;
  /** Their token is worth nothing any more. */
  refused(message: string): void;
  /** They may see something else by now, so what they were promised no longer holds. */
  changed(): void;
}

export interface Recheck {
  readonly listeners: Set<Listener>;
  stop(): void;
}

type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

/** Looks again and again whether those who listen still may. Each token is asked for once, however many listen with it. */
export function startRecheck(authenticate: Authenticate, everyMs: number): Recheck {
  const listeners = new Set<Listener>();
  const timer = setInterval(() => void recheck(listeners, authenticate), everyMs);
  timer.unref();
  return { listeners, stop: () => clearInterval(timer) };
}

async function recheck(listeners: ReadonlySet<Listener>, authenticate: Authenticate): Promise<void> {
  await Promise.all(
    [...byToken(listeners)].map(async ([token, theirs]) => {
      const tell = await findOut(authenticate, token);
      // Asked anew of each: whoever left or renewed their token meanwhile is no longer meant.
      for (const listener of theirs) if (listeners.has(listener) && listener.credentials === token) tell?.(listener);
    }),
  );
}

function byToken(listeners: Iterable<Listener>): Map<string, Listener[]> {
  const all = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const { credentials } = listener;
    if (credentials === undefined) continue;
    const theirs = all.get(credentials);
    if (theirs) theirs.push(listener);
    else all.set(credentials, [listener]);
  }
  return all;
}

/** Only a plain no ends anything; a hub that cannot check for a moment does not. */
async function findOut(
  authenticate: Authenticate,
  token: string | undefined,
): Promise<((listener: Listener) => void) | undefined> {
  try {
    const now = JSON.stringify(await authenticate(token));
    return (listener) => {
      if (JSON.stringify(listener.viewer) !== now) listener.changed();
    };
  } catch (error) {
    return isRefusal(error) ? (listener) => listener.refused(error.message) : undefined;
  }
}

/** Whether the credentials are no good, and not merely impossible to check. */
export function isRefusal(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && error.extensions.code === 'UNAUTHENTICATED';
}
