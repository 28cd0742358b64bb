import { requireAdministrator } from '../auth/require-viewer.js';
import { invalid } from '../errors/user-error.js';
import type { IdKind } from '../ids/id.js';
import type { Changed, RequestContext } from '../runtime/request-context.js';
import { checkText } from '../write/check-text.js';
import type { Write } from '../write/write.js';
import { ImportBatch } from './import-batch.js';
import type { HubRecord } from './record-format.js';
import type { RecordKind } from './record-kind.js';
import type { RecordId } from './reference-store.js';

/** A batch of records as somebody sends it. */
export interface ImportRequest {
  readonly source: string;
  readonly records: readonly object[];
  /** Ids of the records of other services that these records name. */
  readonly references: readonly RecordId[];
  readonly onError: 'STOP' | 'SKIP';
}

export type ImportResult = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED' | 'NOT_REACHED';

export interface RecordOutcome {
  readonly result: ImportResult;
  readonly id: string | null;
  readonly field: string | null;
  readonly reason: string | null;
}

/** A record whose every reference is known, with the id its row has or gets. */
export interface ReadyRecord<Record extends HubRecord = HubRecord> {
  readonly record: Record;
  readonly id: string;
  readonly isNew: boolean;
  /** The id behind a reference of this record. Throws for a reference it does not have: only ready records get here. */
  idOf(kind: RecordKind, ref: string): string;
}

/** Writes the records of one kind, all with as few statements as possible, and appends the events of what changed. */
export interface RecordWriter<Record extends HubRecord = HubRecord> {
  readonly kind: Record['kind'];
  /** Type of the ids of new rows. */
  readonly idKind: IdKind;
  /** What makes two records without a `ref` the same one; records with a `ref` are told apart by it. */
  identity?(record: Record): string;
  /** Reasons, by place in the list, why a record that is well formed cannot be taken. */
  refuse?(tx: Write, records: readonly ReadyRecord<Record>[]): Promise<ReadonlyMap<number, RecordProblemFound>>;
  /** For each record, in order: what became of it. */
  write(
    tx: Write,
    records: readonly ReadyRecord<Record>[],
    source: string,
  ): Promise<readonly ('CREATED' | 'UPDATED' | 'UNCHANGED')[]>;
}

export interface RecordProblemFound {
  readonly field: string;
  readonly reason: string;
}

const maxRecords = 1_000;

/**
 * Imports a batch in one transaction. A record may name what stands earlier in the batch or was imported before. With STOP,
 * everything in front of the first refused record is taken and nothing behind it; with SKIP, all that can be.
 *
 * `writers` stand in the order in which kinds may name each other, so that writing kind by kind never meets a missing row.
 */
export async function importRecords(
  ctx: RequestContext,
  writers: readonly RecordWriter[],
  request: ImportRequest,
): Promise<Changed<RecordOutcome[]>> {
  requireAdministrator(ctx.viewer, 'import records');
  checkText(request.source, 'source', 1, 200);
  if (request.records.length > maxRecords)
    throw invalid(`A batch has at most ${maxRecords} records; this one has ${request.records.length}.`, 'records');
  const batch = new ImportBatch(writers, request, ctx.newId);
  batch.read();
  return ctx.write({ name: 'importRecords', input: {} }, async (tx) => {
    await batch.resolve(tx);
    await batch.refuseWhatWritersRefuse(tx);
    await batch.write(tx);
    return batch.outcomes();
  });
}
