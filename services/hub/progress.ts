import { SingleBar } from 'cli-progress';
import type { Terminal } from './command.js';

/** Shows how far an import is: a bar where somebody watches, a line now and then where it goes to a log. */
export interface Progress {
  advance(bytes: number): void;
  records(total: number): void;
  stop(): void;
}

export function startProgress(terminal: Terminal, label: string, totalBytes: number): Progress {
  return terminal.interactive ? bar(terminal, label, totalBytes) : log(terminal, label, totalBytes);
}

function bar(terminal: Terminal, label: string, totalBytes: number): Progress {
  const format = `${label} [{bar}] {percentage}% | {records} records | {eta_formatted} left`;
  const shown = new SingleBar({ format, stream: terminal.err, hideCursor: true, fps: 5, etaBuffer: 200 });
  shown.start(totalBytes, 0, { records: '0' });
  return {
    advance: (bytes) => shown.increment(bytes),
    records: (total) => shown.update({ records: total.toLocaleString('en') }),
    stop: () => shown.stop(),
  };
}

const LOG_EVERY_MS = 3_000;

function log(terminal: Terminal, label: string, totalBytes: number): Progress {
  let readBytes = 0;
  let last = Date.now();
  return {
    advance(bytes) {
      readBytes += bytes;
    },
    records(total) {
      if (Date.now() - last < LOG_EVERY_MS) return;
      last = Date.now();
      const percent = Math.floor((100 * readBytes) / Math.max(totalBytes, 1));
      terminal.err.write(`${label}: ${percent}% read, ${total.toLocaleString('en')} records imported\n`);
    },
    stop: () => undefined,
  };
}
