import { viewerName } from '../auth/viewer.js';
import type { RequestContext } from '../runtime/request-context.js';

export type ExportingService = 'people' | 'ideas' | 'conversations';

/** A page of an export; the first is the one that names no place. */
interface AskedPage {
  readonly after?: string | null;
  readonly before?: string | null;
}

/**
 * Tells the audit log that an export begins, before anything is read: what has left the hub has been told. Pages after the first need
 * no word of their own, since their place comes from an earlier one and nobody can make one up.
 */
export async function tellExport(
  ctx: RequestContext,
  service: ExportingService,
  data: { readonly query: string; readonly source: string | null },
  page: AskedPage = {},
): Promise<void> {
  if (page.after != null || page.before != null) return;
  await ctx.write({ name: 'tellExport', input: {} }, async (tx) => {
    tx.append({ type: `${service}.records.exported`, subject: viewerName(ctx.viewer), data });
    return null;
  });
}

/** The same for who reads all that a service holds on them. */
export async function tellPersonalExport(
  ctx: RequestContext,
  service: ExportingService,
  personId: string,
  page: AskedPage,
): Promise<void> {
  if (page.after != null || page.before != null) return;
  await ctx.write({ name: 'tellPersonalExport', input: {} }, async (tx) => {
    tx.append({ type: `${service}.personalData.exported`, subject: personId, data: {} });
    return null;
  });
}
