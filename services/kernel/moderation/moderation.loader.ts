import DataLoader from 'dataloader';
import { isAdministrator } from '../auth/viewer.js';
import { condition, toStatement } from '../connections/condition.js';
import type { RequestContext } from '../runtime/request-context.js';
import { decidesOn, moderatesSpace, visibleCase } from './moderation.policy.js';
import { caseColumns, reportsOf } from './moderation.repository.js';
import type { ModerationCase, ModerationReport } from './moderation-case.js';

/** What moderation adds to the context of a request. */
export interface ModerationLoaders {
  /** The case of a content, by the id of the content; null where there is none that concerns the viewer. */
  of(contentId: string): Promise<ModerationCase | null>;
  /** Forgets a case that this request has just changed. */
  forget(contentId: string): void;
  moderates(spaceId: string): Promise<boolean>;
  /** Whether the viewer decides on this case, and so sees who reported and who decided. */
  decides(given: Pick<ModerationCase, 'spaceId' | 'authorIds'>): Promise<boolean>;
  reports(caseId: string): Promise<readonly ModerationReport[]>;
}

export interface ModerationContext extends RequestContext {
  readonly moderation: ModerationLoaders;
}

export function moderationLoaders(ctx: RequestContext): ModerationLoaders {
  const cases = new DataLoader<string, ModerationCase | null>((ids) => readCases(ctx, ids));
  const spaces = new DataLoader<string, boolean>((ids) => readModerated(ctx, ids));
  const reports = new DataLoader<string, readonly ModerationReport[]>((ids) => readReports(ctx, ids));
  const moderates = async (spaceId: string) => isAdministrator(ctx.viewer) || spaces.load(spaceId);
  return {
    of: (contentId) => cases.load(contentId),
    forget: (contentId) => void cases.clear(contentId),
    moderates,
    decides: async ({ spaceId, authorIds }) => decidesOn(ctx.viewer, authorIds, await moderates(spaceId)),
    reports: (caseId) => reports.load(caseId),
  };
}

async function readCases(ctx: RequestContext, contentIds: readonly string[]): Promise<(ModerationCase | null)[]> {
  const { statement, values } = toStatement(
    (place) => `
      SELECT ${caseColumns} FROM moderation_case k
      WHERE k.content_id = ANY(${place(condition('?::text[]', contentIds))}) AND ${place(visibleCase(ctx.viewer))}`,
  );
  const rows = await ctx.db.read<ModerationCase>(statement, values);
  const byContent = new Map(rows.map((row) => [row.contentId, row]));
  return contentIds.map((id) => byContent.get(id) ?? null);
}

async function readModerated(ctx: RequestContext, spaceIds: readonly string[]): Promise<boolean[]> {
  const { statement, values } = toStatement(
    (place) => `
      SELECT asked.id FROM unnest(${place(condition('?::text[]', spaceIds))}) AS asked(id)
      WHERE ${place(moderatesSpace(ctx.viewer, 'asked.id'))}`,
  );
  const found = new Set((await ctx.db.read<{ id: string }>(statement, values)).map(({ id }) => id));
  return spaceIds.map((id) => found.has(id));
}

async function readReports(ctx: RequestContext, caseIds: readonly string[]): Promise<ModerationReport[][]> {
  const rows = await ctx.db.read<ModerationReport>(reportsOf, [caseIds]);
  return caseIds.map((id) => rows.filter(({ caseId }) => caseId === id));
}
