import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that makes load: it is told what to do by messages and answers each with one. */
export interface LoadProcess<Order, Result> {
  run(order: Order): Promise<Result>;
  stop(): Promise<void>;
}

export function startLoadProcess<Order extends object, Result>(script: string): LoadProcess<Order, Result> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { serialization: 'advanced' });
  const ended = failure(child, script);
  ended.catch(() => undefined);
  return {
    async run(order) {
      child.send(order);
      const [result] = await Promise.race([once(child, 'message'), ended]);
      return result as Result;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

async function failure(child: ChildProcess, script: string): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`${script} ended with code ${code}; its errors stand above.`);
}
