import { isAdministrator } from '#kernel/auth/viewer.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import type { Organization } from '../organization/organization.entity.js';
import type { PeopleContext } from '../people-context.js';

/** Who speaks for an organisation says who else does; the first one is named by an administrator of the hub. */
export async function checkMayAppoint(ctx: PeopleContext, organization: Organization): Promise<void> {
  if (isAdministrator(ctx.viewer) || (await isAppointed(ctx, organization))) return;
  throw notAllowed('say who speaks for this organisation', 'its administrators and those of the hub');
}

/**
 * Who binds an organisation: those appointed by it. Administrators of the hub do so for the host alone - could they sign for
 * others as well, an agreement would be no agreement.
 */
export async function checkMayBind(ctx: PeopleContext, organization: Organization): Promise<void> {
  if (isAdministrator(ctx.viewer) && organization.relation === 'host') return;
  if (await isAppointed(ctx, organization)) return;
  throw notAllowed('speak for this organisation', 'its administrators (for the host also those of the hub)');
}

export async function isAppointed(ctx: PeopleContext, organization: Pick<Organization, 'id'>): Promise<boolean> {
  if (ctx.viewer.kind !== 'person' || ctx.viewer.organizationId !== organization.id) return false;
  const administrators = await ctx.administratorsOf.load(organization.id);
  return administrators.includes(ctx.viewer.personId);
}
