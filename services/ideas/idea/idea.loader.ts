import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Idea } from './idea.entity.js';
import { visibleIdea } from './idea.policy.js';
import { ideaColumns } from './idea.repository.js';

export function ideaLoader(ctx: RequestContext): RowLoader<Idea> {
  return rowLoader<Idea>(ctx, { from: 'idea i', alias: 'i', columns: ideaColumns, visible: visibleIdea(ctx.viewer) });
}
