import { TestEnvironment } from 'jest-environment-node';

/** Sockets, servers, pipes, child processes and timers that keep a process alive, as Node calls them. */
const opened = /^(TCP(Socket|Server)?|Pipe(Server)?|Process|UDP)Wrap$|^Timeout$/;
/** A socket that was closed is gone when the other side has heard of it. */
const patienceMs = 10_000;

/** Fails a test file that leaves a socket, a process or a timer behind, after all its hooks have run. */
export default class LeakCheckedEnvironment extends TestEnvironment {
  #before: readonly string[] = [];

  override async setup(): Promise<void> {
    await super.setup();
    this.#before = openNow();
  }

  override async teardown(): Promise<void> {
    const left = await leftOpen(this.#before);
    await super.teardown();
    if (left.length > 0) throw new Error(`This file left open: ${left.join(', ')}. What a test opens it has to close.`);
  }
}

function openNow(): string[] {
  return process.getActiveResourcesInfo().filter((name) => opened.test(name));
}

async function leftOpen(before: readonly string[]): Promise<readonly string[]> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const left = without(openNow(), before);
    if (left.length === 0 || Date.now() > end) return left;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function without(now: readonly string[], before: readonly string[]): readonly string[] {
  const left = [...now];
  for (const name of before) {
    const place = left.indexOf(name);
    if (place >= 0) left.splice(place, 1);
  }
  return left;
}
