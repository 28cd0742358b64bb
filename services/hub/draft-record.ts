import { isJsonObject } from '#kernel/records/json-object.js';
import { recordSchemas } from '#kernel/records/record-format.js';
import type { RecordKind } from '#kernel/records/record-kind.js';
import { type ReferenceField, referencesOf } from '#kernel/records/record-references.js';
import type { RecordKey } from './reference-api.js';

/** A record on its way into a file: its references are still being replaced, so its fields are looked at by name. */
export type DraftRecord = Readonly<Record<string, unknown>> & { readonly kind: RecordKind };

/**
 * The record with every reference replaced by what `replace` says. A reference without replacement is left out;
 * undefined when the record means nothing without it, such as a reaction without its message.
 */
export function mapReferences(
  record: DraftRecord,
  replace: (named: RecordKey) => string | undefined,
): DraftRecord | undefined {
  const changed: Record<string, unknown> = {};
  for (const reference of referencesOf(record.kind)) {
    const value = record[reference.field];
    if (value === undefined) continue;
    const mapped = mapValue(value, reference, replace);
    if (mapped === undefined && reference.required) return undefined;
    changed[reference.field] = mapped;
  }
  return { ...record, ...changed };
}

/** One line of an export. The same record always gives the same bytes: fields stand in the order of the format. */
export function lineOf(record: DraftRecord): string {
  const ordered: Record<string, unknown> = {};
  for (const field of Object.keys(recordSchemas[record.kind].shape)) ordered[field] = plain(record[field]);
  return `${JSON.stringify(ordered)}\n`;
}

/** The name by which other records know this one; endorsements, reactions and interactions have none. */
export function keyOfDraft(record: DraftRecord): RecordKey | undefined {
  return typeof record.ref === 'string' ? { kind: record.kind, ref: record.ref } : undefined;
}

function mapValue(
  value: unknown,
  { kind }: ReferenceField,
  replace: (named: RecordKey) => string | undefined,
): unknown {
  if (typeof value === 'string') return replace({ kind, ref: value });
  if (!Array.isArray(value)) return undefined;
  const mapped = value.flatMap((ref) => replace({ kind, ref: String(ref) }) ?? []);
  return mapped.length === 0 ? undefined : mapped;
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
  }
  return value;
}
