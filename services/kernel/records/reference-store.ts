import { type Statement, statement } from '../database/statement.js';
import { requestError } from '../errors/request-error.js';
import type { RecordKind } from './record-kind.js';

/** Which row a record of a source became. */
export interface RecordId extends RecordKey {
  readonly id: string;
}

export interface RecordKey {
  readonly kind: RecordKind;
  readonly ref: string;
}

/** A transaction, or the database outside of one. */
export type Run = <Row>(statement: Statement, values?: readonly unknown[]) => Promise<Row[]>;

const lock = statement("SELECT pg_advisory_xact_lock(hashtext('import'), hashtext($1))");

/** Imports of one source take turns, so that a record which both bring becomes one row. */
export async function lockSource(tx: { readonly run: Run }, source: string): Promise<void> {
  await tx.run(lock, [source]);
}

const find = statement(`
  SELECT r.kind, r.ref, r.id FROM record_reference r
  JOIN unnest($2::text[], $3::text[]) AS wanted(kind, ref) ON r.kind = wanted.kind AND r.ref = wanted.ref
  WHERE r.source = $1`);

/** What {@link findReferences} finds, for a caller from outside. */
export function lookUpReferences(
  reader: { readonly run: Run },
  source: string,
  keys: readonly RecordKey[],
): Promise<RecordId[]> {
  if (keys.length <= maxKeys) return findReferences(reader, source, keys);
  throw requestError('BAD_INPUT', `Ask for at most ${maxKeys} records at once; these are ${keys.length}.`);
}

const maxKeys = 1_000;

export function findReferences(
  reader: { readonly run: Run },
  source: string,
  keys: readonly RecordKey[],
): Promise<RecordId[]> {
  return reader.run<RecordId>(find, [source, keys.map((key) => key.kind), keys.map((key) => key.ref)]);
}

const findRefs = statement(`
  SELECT DISTINCT ON (r.id) r.id, r.ref FROM record_reference r WHERE r.id = ANY($1::text[]) AND ($2::text IS NULL OR r.source = $2)
  ORDER BY r.id, r.source`);

/** The refs under which rows were imported from a source, or from any; a row made by hand is exported under its own id. */
export async function refsOf(
  reader: { readonly run: Run },
  source: string | null,
  ids: readonly string[],
): Promise<(id: string) => string> {
  const rows = await reader.run<{ id: string; ref: string }>(findRefs, [ids, source]);
  const refs = new Map(rows.map((row) => [row.id, row.ref]));
  return (id) => refs.get(id) ?? id;
}

const keep = statement(`
  INSERT INTO record_reference (source, kind, ref, id) SELECT $1, kind, ref, id FROM unnest($2::text[], $3::text[], $4::text[]) AS n(kind, ref, id)
  ON CONFLICT DO NOTHING`);

export async function keepReferences(
  tx: { readonly run: Run },
  source: string,
  rows: readonly RecordId[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(keep, [source, rows.map((row) => row.kind), rows.map((row) => row.ref), rows.map((row) => row.id)]);
}
