import type { DatabaseTransaction } from '../database/database.js';
import { type Statement, statement } from '../database/statement.js';
import { handleMark, markKey } from './handle-mark.js';

/** A column in which people write, and may call somebody by "@handle". */
export interface WrittenText {
  readonly table: string;
  /** Columns that name one row. */
  readonly id: readonly string[];
  readonly column: string;
}

/** What stands in the place of the handle of somebody who was erased. */
export const erasedHandle = '@erased-person';

// A handle has no white space; what usually follows one in a sentence is not taken for a part of it.
const called = String.raw`@([^\s@,;:!?()<>"]+)`;

/** Takes "@handle" out of everything written in these columns. Rare, and a look at each text with an "@" in it. */
export async function eraseHandle(
  tx: DatabaseTransaction,
  texts: readonly WrittenText[],
  mark: string,
  secret: string,
): Promise<void> {
  for (const text of texts) {
    const rows = await tx.run<{ id: string; text: string }>(findIn(text), [markKey(secret), mark]);
    if (rows.length === 0) continue;
    await tx.run(replaceIn(text), [rows.map(({ id }) => id), rows.map((row) => without(row.text, mark, secret))]);
  }
}

function findIn(text: WrittenText): Statement {
  return statement(`
    SELECT ${keyOf(text)} AS id, ${text.column} AS text FROM ${text.table}
    WHERE ${text.column} LIKE '%@%' AND EXISTS (
      SELECT 1 FROM regexp_matches(${text.column}, '${called}', 'g') AS calls(handle)
      WHERE encode(sha256(convert_to($1 || lower(rtrim(calls.handle[1], '.')), 'UTF8')), 'hex') = $2)`);
}

function replaceIn(text: WrittenText): Statement {
  return statement(`
    UPDATE ${text.table} SET ${text.column} = changed.text
    FROM unnest($1::text[], $2::text[]) AS changed(id, text) WHERE ${keyOf(text)} = changed.id`);
}

function keyOf({ table, id }: WrittenText): string {
  return id.map((column) => `${table}.${column}::text`).join(` || ' ' || `);
}

function without(text: string, mark: string, secret: string): string {
  return text.replaceAll(new RegExp(called, 'g'), (call, handle: string) => {
    const bare = handle.replace(/\.+$/, '');
    return handleMark(secret, bare) === mark ? `${erasedHandle}${handle.slice(bare.length)}` : call;
  });
}
