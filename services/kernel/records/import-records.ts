import { viewerName } from '../auth/viewer.js';
import { invalid } from '../errors/user-error.js';
import type { Changed, RequestContext } from '../runtime/request-context.js';
import { checkText } from '../write/check-text.js';
import { ImportBatch } from './import-batch.js';
import type { ImportRequest, ImportResult, RecordOutcome, RecordWriter } from './record-writer.js';
import { requireMovesRecords } from './records.policy.js';

const maxRecords = 1_000;

/**
 * Imports a batch in one transaction. A record may name what stands earlier in the batch or was imported before. With STOP,
 * everything in front of the first refused record is taken and nothing behind it; with SKIP, all that can be.
 *
 * `writers` stand in the order in which kinds may name each other, so that writing kind by kind never meets a missing row.
 */
export async function importRecords(
  ctx: RequestContext,
  service: 'people' | 'ideas' | 'conversations',
  writers: readonly RecordWriter[],
  request: ImportRequest,
): Promise<Changed<RecordOutcome[]>> {
  requireMovesRecords(ctx.viewer, 'import records');
  checkText(request.source, 'source', 1, 200);
  if (request.records.length > maxRecords)
    throw invalid(`A batch has at most ${maxRecords} records; this one has ${request.records.length}.`, 'records');
  return ctx.write({ name: 'importRecords', input: {} }, async (tx) => {
    // Made within the transaction: one that is tried again starts from nothing.
    const batch = new ImportBatch(writers, request, ctx.newId);
    batch.read();
    await batch.resolve(tx);
    await batch.refuseWhatWritersRefuse(tx);
    await batch.write(tx);
    const outcomes = batch.outcomes();
    const count = (result: ImportResult) => outcomes.filter((outcome) => outcome.result === result).length;
    const [created, updated] = [count('CREATED'), count('UPDATED')];
    // Told like everything else when something changed: importing the same file again changes nothing.
    if (created + updated > 0) {
      const data = { source: request.source, created, updated };
      tx.append({ type: `${service}.records.imported`, subject: viewerName(ctx.viewer), data });
    }
    return outcomes;
  });
}
