import { DatabaseError } from 'pg';
import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/** Connection lost, too many connections or out of memory, stopped by an operator or starting, system error, idle in a transaction. */
const outages = /^(08|53|57|58|25P03)/;
const lostConnection =
  /ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|Connection terminated|timeout exceeded|timeout expired|not queryable|Client was closed/i;

/** The database was asked and says nothing, neither yes nor no. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  constructor() {
    super('The database does not answer.');
  }
}

/** The database is away or overloaded: nothing is wrong with what was asked of it, and it can be asked again later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseSilent) return true;
  // A transaction loses its runner, between two statements, with its connection.
  if (error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError)
    return true;
  const state = sqlState(error);
  if (state !== undefined) return outages.test(state);
  return error instanceof Error && lostConnection.test(`${codeOf(error)} ${error.message}`);
}

/** The five-character SQLSTATE of an error of the database, whoever wrapped it. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof QueryFailedError) return sqlState(error.driverError);
  return error instanceof DatabaseError ? error.code : undefined;
}

/** A host with two addresses that both refuse gives an error without a message: only its code tells. */
function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
