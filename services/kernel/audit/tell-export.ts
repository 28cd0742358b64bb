import { createHash } from 'node:crypto';
import { viewerName } from '../auth/viewer.js';
import type { PageArguments } from '../connections/page.js';
import type { RecordKind } from '../records/record-kind.js';
import type { RequestContext } from '../runtime/request-context.js';

type ServiceName = 'people' | 'ideas' | 'conversations';

/** What leaves a service as records. */
export interface LeavingRecords {
  readonly kinds: readonly RecordKind[];
  readonly space?: string | null;
  readonly source?: string | null;
  /** Calls of one viewer with the same key within a day are one export; without one every call is. */
  readonly exportKey?: string | null;
}

/** Tells of an export of records before any of it is read: where that fails, nothing leaves. */
export async function tellRecordsExported(
  ctx: RequestContext,
  service: ServiceName,
  { kinds, space = null, source = null, exportKey }: LeavingRecords,
): Promise<void> {
  const input = { idempotencyKey: exportKey ? digest([exportKey, source ?? '']) : null };
  await ctx.write({ name: 'exportRecords', input }, async (tx) => {
    tx.append({
      type: `${service}.records.exported`,
      subject: viewerName(ctx.viewer),
      space,
      data: { kinds: [...kinds], source },
    });
  });
}

/** The same of what is held on a person, who alone can ask for it. */
export async function tellPersonalDataExported(
  ctx: RequestContext,
  service: ServiceName,
  personId: string,
): Promise<void> {
  await ctx.write({ name: 'exportMyData', input: {} }, async (tx) => {
    tx.append({ type: `${service}.personalData.exported`, subject: personId, data: {} });
  });
}

/** Whoever has a cursor began the export it is of, since cursors of exports are sealed for that one ({@link exportOf}). */
export function beginsExport({ after, before }: PageArguments): boolean {
  return (after ?? before ?? null) === null;
}

/** For whom and of what the cursors of an export are. */
export function exportOf({ viewer }: RequestContext, ...what: readonly string[]): string {
  return digest([viewerName(viewer), ...what]);
}

/** Of one length, whatever somebody calls their sources and keys. */
function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
