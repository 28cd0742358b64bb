import { type RecordService, serviceOf } from '#kernel/records/record-kind.js';
import { type RecordReference, referencesIn } from '#kernel/records/record-references.js';
import type { Batch } from './batches.js';
import type { HubClient } from './hub-client.js';
import { type KnownIds, keyOf } from './known-ids.js';
import type { ReadRecord, Refusal } from './read-records.js';
import { type KnownRecord, lookUp, type RecordKey } from './reference-api.js';

/** A batch with the ids that it needs from other services; what names a record that is nowhere has been refused. */
export interface ResolvedBatch extends Batch {
  readonly references: readonly KnownRecord[];
}

export interface ReferenceSource {
  readonly client: HubClient;
  readonly source: string;
  readonly known: KnownIds;
  /** Resolves when every batch that may create records of this service was answered. */
  settled(service: RecordService): Promise<void>;
}

export async function resolveReferences(batch: Batch, from: ReferenceSource): Promise<ResolvedBatch> {
  const named = new Map<string, RecordKey>();
  for (const { record } of batch.records) {
    for (const reference of foreignIn(record)) named.set(keyOf(reference.kind, reference.ref), reference);
  }
  const found = await findAll(named, from);
  const refusals = [...batch.refusals];
  const records: ReadRecord[] = [];
  for (const read of batch.records) {
    const missing = foreignIn(read.record).find(({ kind, ref }) => !found.has(keyOf(kind, ref)));
    if (missing === undefined) records.push(read);
    else refusals.push(refuse(read, missing, from.source));
  }
  return { service: batch.service, records, refusals, references: [...found.values()] };
}

function foreignIn(record: ReadRecord['record']): RecordReference[] {
  const own = serviceOf(record.kind);
  return referencesIn(record).filter(({ kind }) => serviceOf(kind) !== own);
}

async function findAll(
  named: ReadonlyMap<string, RecordKey>,
  from: ReferenceSource,
): Promise<Map<string, KnownRecord>> {
  const found = new Map<string, KnownRecord>();
  takeKnown(named, found, from.known);
  for (const service of ['people', 'ideas', 'conversations'] as const) {
    const wanted = missingOf(named, found, service);
    if (wanted.length === 0) continue;
    await from.settled(service);
    takeKnown(named, found, from.known);
    for (const record of await lookUp(from.client, service, from.source, missingOf(named, found, service))) {
      found.set(keyOf(record.kind, record.ref), record);
      from.known.remember(record);
    }
  }
  return found;
}

function takeKnown(named: ReadonlyMap<string, RecordKey>, found: Map<string, KnownRecord>, known: KnownIds): void {
  for (const [key, { kind, ref }] of named) {
    const id = found.has(key) ? undefined : known.find({ kind, ref });
    if (id !== undefined) found.set(key, { kind, ref, id });
  }
}

function missingOf(
  named: ReadonlyMap<string, RecordKey>,
  found: ReadonlyMap<string, KnownRecord>,
  service: RecordService,
): RecordKey[] {
  return [...named].filter(([key, { kind }]) => serviceOf(kind) === service && !found.has(key)).map(([, key]) => key);
}

function refuse({ line, size, json }: ReadRecord, missing: RecordReference, source: string): Refusal {
  const reason = `no ${missing.kind} "${missing.ref}" in source "${source}"; import it first`;
  return { line, size, field: missing.field, reason, record: json };
}
