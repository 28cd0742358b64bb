import { destination, type Logger, pino } from 'pino';
import { loggedError } from './logged-error.js';

/** Log lines are JSON on standard error; standard output belongs to the person who started the hub. */
export function createLogger(level: string, role: string): Logger {
  return pino(
    {
      level,
      base: { role },
      serializers: { err: loggedError },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['*.authorization', '*.token', '*.password', '*.secret', 'headers'], censor: '[hidden]' },
    },
    // With a least length it tells when everything is written; without one it says so at once.
    destination({ dest: 2, sync: false, minLength: 1 }),
  );
}
