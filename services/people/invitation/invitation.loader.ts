import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { visibleInvitation } from './invitation.policy.js';
import { type InvitationRow, invitationColumns, invitationTables } from './invitation.repository.js';

export function invitationLoader(ctx: RequestContext): RowLoader<InvitationRow> {
  return rowLoader<InvitationRow>(ctx, {
    from: invitationTables,
    alias: 'i',
    columns: invitationColumns,
    visible: visibleInvitation(ctx.viewer),
  });
}
