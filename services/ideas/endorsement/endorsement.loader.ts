import DataLoader from 'dataloader';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { endorsedBy } from './endorsement.repository.js';

/** For each idea: whether the viewer endorses it. */
export function endorsedLoader(ctx: RequestContext): DataLoader<string, boolean> {
  return new DataLoader(async (ideaIds) => {
    if (ctx.viewer.kind !== 'person') return ideaIds.map(() => false);
    const rows = await ctx.db.read<{ idea_id: string }>(endorsedBy, [ctx.viewer.personId, ideaIds]);
    const endorsed = new Set(rows.map((row) => row.idea_id));
    return ideaIds.map((id) => endorsed.has(id));
  });
}
