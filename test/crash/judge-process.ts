import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FromJudge, JudgeTask, Ledger, ToJudge } from './ledger.js';

/** A judge, seen from the test. */
export interface JudgeProcess {
  /** Breaks about this share of its connections. */
  cut(share: number): void;
  /** Events that its least informed subscriber has. */
  count(): Promise<number>;
  freeze(milliseconds: number): Promise<void>;
  report(): Promise<readonly Ledger[]>;
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL('./judge.js', import.meta.url));

export function startJudge(task: JudgeTask): JudgeProcess {
  const child = fork(script, { execArgv: [] });
  tell(child, { kind: 'listen', task });
  return {
    cut: (share) => tell(child, { kind: 'cut', share }),
    async count() {
      const answer = await ask(child, { kind: 'count' });
      return answer.kind === 'count' ? answer.least : 0;
    },
    async freeze(milliseconds) {
      child.kill('SIGSTOP');
      await pause(milliseconds);
      child.kill('SIGCONT');
    },
    async report() {
      const answer = await ask(child, { kind: 'report' });
      return answer.kind === 'report' ? answer.ledgers : [];
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function tell(child: ChildProcess, message: ToJudge): void {
  child.send(message);
}

async function ask(child: ChildProcess, message: ToJudge): Promise<FromJudge> {
  const answer = once(child, 'message');
  tell(child, message);
  const [told] = (await answer) as [FromJudge];
  return told;
}
