/**
 * Loaded into every measured process in front of its own code: answers what cannot be seen from outside, and ends the process
 * when the bench is gone, so that none is left behind.
 */
import { subscribe } from 'node:diagnostics_channel';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export type ProbeQuestion = 'requests' | 'memory';

let requests = 0;
subscribe('http.server.request.start', () => {
  requests += 1;
});

process.on('message', (question: ProbeQuestion) => {
  process.send?.(question === 'requests' ? requests : residentAfterCollection());
});
process.once('disconnect', end);
// The bench may have ended while this process was starting; that event is over.
if (!process.connected) end();
process.channel?.unref();

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Resident bytes once everything that is no longer used has been given back. */
function residentAfterCollection(): number {
  collect();
  collect();
  return process.memoryUsage.rss();
}

/** At once: its database is gone as well, and an orderly end would wait for it. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
