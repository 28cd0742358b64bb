import { invalid, notFound } from '#kernel/errors/user-error.js';
import { checkText, checkTexts } from '#kernel/write/check-text.js';
import type { PeopleContext } from '../people-context.js';
import { Organization, type OrganizationRelation } from './organization.entity.js';
import { checkMayKeepOrganizations } from './organization.policy.js';

export interface RegisterOrganization {
  readonly name: string;
  readonly relation: OrganizationRelation;
  readonly domains?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Makes an organisation known to the hub. */
export async function registerOrganization(
  ctx: PeopleContext,
  input: RegisterOrganization,
): Promise<ChangedOrganization> {
  checkMayKeepOrganizations(ctx.viewer);
  checkText(input.name, 'name', 1, 300);
  const domains = readDomains(input.domains ?? []);
  const { result: id, cursor } = await ctx.write({ name: 'registerOrganization', input }, async (tx) => {
    const now = ctx.now();
    const organization: Organization = {
      id: ctx.newId('Organization'),
      name: input.name.trim(),
      relation: input.relation,
      domains,
      createdAt: now,
      updatedAt: now,
    };
    await tx.manager.insert(Organization, organization);
    tx.append({
      type: 'people.organization.registered',
      subject: organization.id,
      data: { relation: organization.relation },
    });
    return organization.id;
  });
  return { organization: await ctx.organizations.load(id), cursor };
}

export interface ReviseOrganization {
  readonly organization: string;
  readonly name?: string | null;
  readonly relation?: OrganizationRelation | null;
  readonly domains?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Changes facts of an organisation. Who is already in it keeps their party: an administrator decides that for each person. */
export async function reviseOrganization(ctx: PeopleContext, input: ReviseOrganization): Promise<ChangedOrganization> {
  checkMayKeepOrganizations(ctx.viewer);
  const { id } = await requireOrganization(ctx, input.organization, 'organization');
  const change = readChange(input);
  const { cursor } = await ctx.write({ name: 'reviseOrganization', input }, async (tx) => {
    await tx.manager.update(Organization, { id }, { ...change, updatedAt: ctx.now() });
    tx.append({ type: 'people.organization.revised', subject: id, data: { changed: Object.keys(change) } });
    return id;
  });
  ctx.organizations.clear(id);
  return { organization: await ctx.organizations.load(id), cursor };
}

export interface ChangedOrganization {
  readonly organization: Organization | null;
  readonly cursor: string | null;
}

export async function requireOrganization(ctx: PeopleContext, id: string, ...path: string[]): Promise<Organization> {
  const organization = await ctx.organizations.load(id);
  if (!organization) throw notFound('organization', id, ...path);
  return organization;
}

function readChange(input: ReviseOrganization): Partial<Organization> {
  if (input.name != null) checkText(input.name, 'name', 1, 300);
  const change = {
    ...(input.name != null ? { name: input.name.trim() } : {}),
    ...(input.relation != null ? { relation: input.relation } : {}),
    ...(input.domains != null ? { domains: readDomains(input.domains) } : {}),
  };
  if (Object.keys(change).length === 0) throw invalid('Say what changes: name, relation or domains.');
  return change;
}

function readDomains(domains: readonly string[]): string[] {
  checkTexts(domains, 'domains', 1_000, 200);
  return [...new Set(domains.map((domain) => domain.trim().toLowerCase()))];
}
