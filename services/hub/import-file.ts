import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { isJsonObject } from '#kernel/records/json-object.js';
import { isRecordKind, type RecordKind, type RecordService } from '#kernel/records/record-kind.js';
import { type Batch, batchesOf } from './batches.js';
import { CommandError } from './command.js';
import { fileLines } from './file-lines.js';
import { type ResolvedBatch, resolveReferences } from './foreign-references.js';
import type { HubClient } from './hub-client.js';
import { type RecordOutcome, sendBatch } from './import-api.js';
import type { ImportTally } from './import-tally.js';
import type { KnownIds } from './known-ids.js';
import type { Progress } from './progress.js';
import { type ReadRecord, type Refusal, readRecords } from './read-records.js';

export interface FileImport {
  readonly path: string;
  readonly source: string;
  readonly fromLine: number;
  /** Where refused lines go. Absent: the first of them ends the import. */
  readonly rejects: { add(refusals: readonly Refusal[]): Promise<void> } | undefined;
  readonly client: HubClient;
  readonly known: KnownIds;
  readonly tally: ImportTally;
  readonly progress: Progress;
}

/**
 * Imports one file and answers with the refusal that ended it, if one did. Batches are sent one at a time and in file
 * order, because a record may name any that stands before it; meanwhile the next batch is read and its references are
 * looked up.
 */
export async function importFile(job: FileImport): Promise<Refusal | undefined> {
  const reads = readRecords(fileLines(job.path, job.progress.advance), job.fromLine);
  let underWay: SentBatch | undefined;
  for await (const batch of batchesOf(reads, job.rejects === undefined)) {
    const next = await prepare(batch, underWay, job);
    const stoppedBy = await finish(underWay, job);
    if (stoppedBy !== undefined) return stoppedBy;
    underWay = send(next, job);
  }
  return finish(underWay, job);
}

interface SentBatch {
  readonly batch: ResolvedBatch;
  readonly outcomes: Promise<readonly RecordOutcome[]>;
}

async function prepare(batch: Batch, underWay: SentBatch | undefined, job: FileImport): Promise<ResolvedBatch> {
  const settled = async (service: RecordService) => {
    if (underWay?.batch.service === service) await underWay.outcomes;
  };
  const resolved = await resolveReferences(batch, { ...job, settled });
  return job.rejects === undefined ? cutAtRefusal(resolved) : resolved;
}

/** Nothing after a refused line is imported, so what stands behind it is not even sent. */
function cutAtRefusal(batch: ResolvedBatch): ResolvedBatch {
  const first = Math.min(...batch.refusals.map((refusal) => refusal.line));
  return { ...batch, records: batch.records.filter(({ line }) => line < first) };
}

function send(batch: ResolvedBatch, job: FileImport): SentBatch {
  const outcomes = outcomesOf(batch, job);
  // It is awaited by finish(); this keeps a failure that comes while the next batch is still being read from ending
  // the process before that.
  outcomes.catch(() => undefined);
  return { batch, outcomes };
}

async function outcomesOf({ service, records, references }: ResolvedBatch, job: FileImport): Promise<RecordOutcome[]> {
  if (service === undefined || records.length === 0) return [];
  const outcomes = await sendBatch(job.client, service, {
    source: job.source,
    records: records.map(({ json }) => json),
    references,
    onError: job.rejects === undefined ? 'stop' : 'skip',
    clientMutationId: randomUUID(),
  });
  records.forEach(({ record }, index) => {
    const id = outcomes[index]?.id ?? null;
    if (id !== null && 'ref' in record) job.known.remember({ kind: record.kind, ref: record.ref, id });
  });
  return outcomes;
}

/** Waits for the answer, counts it, and says which refusal ends the import. */
async function finish(sent: SentBatch | undefined, job: FileImport): Promise<Refusal | undefined> {
  if (sent === undefined) return undefined;
  const outcomes = await sent.outcomes;
  const refusals = [...sent.batch.refusals];
  sent.batch.records.forEach((read, index) => {
    const refusal = settle(read, outcomes[index], job);
    if (refusal !== undefined) refusals.push(refusal);
  });
  refusals.sort((left, right) => left.line - right.line);
  checkNoneLeftOut(sent.batch, outcomes, job.rejects === undefined && refusals.length > 0);
  job.progress.records(job.tally.total('created', 'updated', 'unchanged'));
  return job.rejects === undefined ? firstOf(refusals, job) : reject(refusals, job, job.rejects);
}

function settle(read: ReadRecord, outcome: RecordOutcome | undefined, job: FileImport): Refusal | undefined {
  const { line, size, json, record } = read;
  switch (outcome?.result) {
    case 'CREATED':
    case 'UPDATED':
    case 'UNCHANGED':
      job.tally.count(record.kind, importedAs[outcome.result]);
      if (read.dateResolved) job.tally.countMissingDate(`${basename(job.path)}:${line}`);
      return undefined;
    case 'REFUSED':
      return { line, size, field: outcome.field ?? 'record', reason: outcome.reason ?? 'refused', record: json };
    case 'NOT_REACHED':
    case undefined:
      return undefined;
  }
}

/** Only what stands behind a refused line may be left out; anything else would be lost without a word. */
function checkNoneLeftOut(batch: Batch, outcomes: readonly RecordOutcome[], stopped: boolean): void {
  const leftOut = outcomes.findIndex(({ result }) => result === 'NOT_REACHED');
  if (leftOut === -1 || stopped) return;
  throw new CommandError(
    `the hub left out line ${batch.records[leftOut]?.line}; are command and hub of the same version?`,
  );
}

const importedAs = { CREATED: 'created', UPDATED: 'updated', UNCHANGED: 'unchanged' } as const;

function firstOf(refusals: readonly Refusal[], job: FileImport): Refusal | undefined {
  const [first] = refusals;
  if (first !== undefined) job.tally.count(kindOf(first), 'refused');
  return first;
}

async function reject(
  refusals: readonly Refusal[],
  job: FileImport,
  file: NonNullable<FileImport['rejects']>,
): Promise<undefined> {
  for (const refusal of refusals) job.tally.count(kindOf(refusal), 'refused');
  await file.add(refusals);
}

function kindOf({ record }: Refusal): RecordKind | 'unreadable' {
  return isJsonObject(record) && isRecordKind(record.kind) ? record.kind : 'unreadable';
}
