import { destination, type Logger, pino } from 'pino';

/** Log lines are JSON on standard error; standard output belongs to the person who started the hub. */
export function createLogger(level: string, role: string): Logger {
  return pino(
    {
      level,
      base: { role },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['*.authorization', '*.token', '*.password', '*.secret', 'headers'], censor: '[hidden]' },
    },
    destination({ dest: 2, sync: false }),
  );
}
