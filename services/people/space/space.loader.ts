import DataLoader from 'dataloader';
import { condition, toStatement } from '#kernel/connections/condition.js';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { spaceShowingPeople } from '#kernel/spaces/visible-space.js';
import type { Space } from './space.entity.js';
import { visibleSpace } from './space.policy.js';
import { spaceColumns } from './space.repository.js';

export function spaceLoader(ctx: RequestContext): RowLoader<Space> {
  return rowLoader<Space>(ctx, {
    from: 'space s',
    alias: 's',
    columns: spaceColumns,
    visible: visibleSpace(ctx.viewer),
  });
}

/** Whether a space shows its people to the viewer, for all spaces asked about in one statement. */
export type ShowsPeopleLoader = Pick<DataLoader<string, boolean>, 'load'>;

export function showsPeopleLoader(ctx: RequestContext): ShowsPeopleLoader {
  return new DataLoader<string, boolean>(async (spaceIds) => {
    const { statement, values } = toStatement(
      (place) => `
        SELECT s.id FROM space s WHERE ${place(condition('s.id = ANY(?::text[])', spaceIds))}
        AND ${place(spaceShowingPeople(ctx.viewer, 's.id'))}`,
    );
    const showing = new Set((await ctx.db.read<{ id: string }>(statement, values)).map(({ id }) => id));
    return spaceIds.map((id) => showing.has(id));
  });
}
