import { type RecordService, serviceOf } from '#kernel/records/record-kind.js';
import { isRefusal, type ReadRecord, type Refusal } from './read-records.js';

/** Consecutive records of one service, to be sent as one request, and the lines refused among them. */
export interface Batch {
  /** Absent when the batch holds refused lines only. */
  readonly service: RecordService | undefined;
  readonly records: readonly ReadRecord[];
  readonly refusals: readonly Refusal[];
}

/** What one request may hold. The hub takes 1 MiB: a quarter of it is left for the ids that go with the records. */
export const BATCH_RECORDS = 1_000;
export const BATCH_BYTES = 768 * 1024;

/** Cuts the records into batches without changing their order. With `stopAtRefusal` the first refused line is the last. */
export async function* batchesOf(
  reads: AsyncIterable<ReadRecord | Refusal>,
  stopAtRefusal: boolean,
): AsyncGenerator<Batch> {
  let batch = new GrowingBatch();
  for await (const read of reads) {
    if (!batch.hasRoomFor(read)) {
      yield batch;
      batch = new GrowingBatch();
    }
    batch.add(read);
    if (stopAtRefusal && isRefusal(read)) break;
  }
  if (batch.length > 0) yield batch;
}

class GrowingBatch implements Batch {
  service: RecordService | undefined;
  readonly records: ReadRecord[] = [];
  readonly refusals: Refusal[] = [];
  private size = 0;

  /** Refused lines count as well, or a file of nothing else would be gathered in memory. */
  get length(): number {
    return this.records.length + this.refusals.length;
  }

  hasRoomFor(read: ReadRecord | Refusal): boolean {
    if (this.length === 0) return true;
    if (this.length >= BATCH_RECORDS || this.size + read.size > BATCH_BYTES) return false;
    return isRefusal(read) || this.service === undefined || this.service === serviceOf(read.record.kind);
  }

  add(read: ReadRecord | Refusal): void {
    this.size += read.size;
    if (isRefusal(read)) this.refusals.push(read);
    else {
      this.service = serviceOf(read.record.kind);
      this.records.push(read);
    }
  }
}
