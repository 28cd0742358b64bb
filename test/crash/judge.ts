import type { FromJudge, ToJudge } from './ledger.js';
import { Listener } from './listener.js';

/** A process of its own that knows nothing of the hub but its public endpoint, and keeps account of what it is told there. */
let listeners: Listener[] = [];

process.on('message', (message: ToJudge) => {
  switch (message.kind) {
    case 'listen': {
      const { task } = message;
      listeners = task.transports.map(
        (transport, index) => new Listener(`${process.pid}/${index}/${transport}`, transport, task),
      );
      return;
    }
    case 'cut':
      for (const listener of listeners) if (Math.random() < message.share) listener.cut();
      return;
    case 'count':
      return answer({ kind: 'count', least: Math.min(...listeners.map(({ count }) => count)) });
    case 'report':
      return answer({ kind: 'report', ledgers: listeners.map((listener) => listener.ledger()) });
  }
});
process.on('disconnect', () => process.exit(0));

function answer(message: FromJudge): void {
  process.send?.(message);
}
