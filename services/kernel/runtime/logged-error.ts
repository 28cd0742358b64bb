import { stdSerializers } from 'pino';

/**
 * What PostgreSQL and TypeORM add to their errors holds what was to be written: the failing row, the parameters, the statement
 * with them. That is what people wrote, and hashes of tokens: it does not belong into a log that many can read.
 */
const withValues = new Set(['detail', 'where', 'parameters', 'query', 'driverError', 'internalQuery']);

/** An error as it is logged: type, message, stack, and what its maker added, without the values of rows. */
export function loggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return Object.fromEntries(Object.entries(stdSerializers.err(error)).filter(([name]) => !withValues.has(name)));
}
