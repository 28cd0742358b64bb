import type { IdKind } from '../ids/id.js';
import type { Write } from '../write/write.js';
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
