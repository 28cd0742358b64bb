import DataLoader from 'dataloader';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import type { SpaceMembership } from './space-membership.entity.js';
import { visibleSpaceMembership } from './space-membership.policy.js';
import { rolesIn, spaceMembershipColumns } from './space-membership.repository.js';

export function spaceMembershipLoader(ctx: RequestContext): RowLoader<SpaceMembership> {
  return rowLoader<SpaceMembership>(ctx, {
    from: 'space_member m',
    alias: 'm',
    columns: spaceMembershipColumns,
    visible: visibleSpaceMembership(ctx.viewer),
  });
}

/** The role the viewer has in a space, those of all spaces asked about in one statement; null for who is no member. */
export type ViewerRoleLoader = Pick<DataLoader<string, SpaceRole | null>, 'load' | 'clear'>;

export function viewerRoleLoader(ctx: RequestContext): ViewerRoleLoader {
  return new DataLoader<string, SpaceRole | null>(async (spaceIds) => {
    if (ctx.viewer.kind !== 'person') return spaceIds.map(() => null);
    const roles = await rolesIn(ctx.db, ctx.viewer.personId, spaceIds);
    return spaceIds.map((id) => roles.get(id) ?? null);
  });
}
