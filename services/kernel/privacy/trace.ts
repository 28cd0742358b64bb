import type { DatabaseTransaction } from '../database/database.js';
import { type Statement, statement } from '../database/statement.js';

/** A place in which a service keeps something of a person, and how it is taken away. Doing it again changes nothing. */
export interface Trace {
  readonly table: string;
  readonly column: string;
  readonly statement: Statement;
  /** Whether what stays is put under the id that stands for nobody. */
  readonly keepsRow: boolean;
}

/** Rows that are about the person and nothing else: they go. */
export function forget(table: string, column: string): Trace {
  return forgetWhere(table, column, `${column} = $1`);
}

/** The same, where more than the column says which rows; `$1` is the person. */
export function forgetWhere(table: string, column: string, where: string): Trace {
  return { table, column, statement: statement(`DELETE FROM ${table} WHERE ${where}`), keepsRow: false };
}

/** Rows that stay, under an id that stands for nobody. */
export function unname(table: string, column: string): Trace {
  const text = `UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1`;
  return { table, column, statement: statement(text), keepsRow: true };
}

/** The same, where the column is a list of ids. */
export function unnameAmong(table: string, column: string): Trace {
  const text = `UPDATE ${table} SET ${column} = array_replace(${column}, $1, $2) WHERE ${column} @> ARRAY[$1]`;
  return { table, column, statement: statement(text), keepsRow: true };
}

/** Words that go, in rows that stay; `$1` is the person. */
export function clearWords(table: string, column: string, set: string, where = `${column} = $1`): Trace {
  return { table, column, statement: statement(`UPDATE ${table} SET ${set} WHERE ${where}`), keepsRow: false };
}

export async function takeAway(
  tx: DatabaseTransaction,
  traces: readonly Trace[],
  person: string,
  nobody: string,
): Promise<void> {
  for (const { statement: taken, keepsRow } of traces) await tx.run(taken, keepsRow ? [person, nobody] : [person]);
}
