import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { invalid, UserError } from '#kernel/errors/user-error.js';
import type { Organization } from '../organization/organization.entity.js';
import { requireOrganization } from '../organization/organization.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import { checkMayAppoint } from './organization-administrator.policy.js';
import {
  countAdministrators,
  deleteAdministrator,
  insertAdministrator,
  maxAdministrators,
} from './organization-administrator.repository.js';

export interface NamedAdministrator {
  readonly organization: string;
  readonly person: string;
  readonly idempotencyKey?: string | null;
}

export interface ChangedAdministrators {
  readonly organization: Organization | null;
  readonly cursor: string | null;
}

/** Lets one of its people speak for an organisation. Appointing somebody again changes nothing. */
export async function appointOrganizationAdministrator(
  ctx: PeopleContext,
  input: NamedAdministrator,
): Promise<ChangedAdministrators> {
  signedInPerson(ctx.viewer);
  const organization = await requireOrganization(ctx, input.organization, 'organization');
  await checkMayAppoint(ctx, organization);
  const person = await requirePerson(ctx, input.person, 'person');
  if (person.organizationId !== organization.id) {
    throw invalid('Only somebody who belongs to the organisation can speak for it; name one of its people.', 'person');
  }
  const operation = { name: 'appointOrganizationAdministrator', input, inTurn: organization.id };
  const { cursor } = await ctx.write(operation, async (tx) => {
    if (!(await insertAdministrator(tx, organization.id, person.id, ctx.now()))) return organization.id;
    if ((await countAdministrators(tx, organization.id)) > maxAdministrators) throw tooMany();
    const data = { person: person.id };
    tx.append({ type: 'people.organization.administratorAppointed', subject: organization.id, data });
    return organization.id;
  });
  ctx.administratorsOf.clear(organization.id);
  return { organization, cursor };
}

/** From the commit on the person binds the organisation to nothing; what they signed stays signed. */
export async function dismissOrganizationAdministrator(
  ctx: PeopleContext,
  input: NamedAdministrator,
): Promise<ChangedAdministrators> {
  signedInPerson(ctx.viewer);
  const organization = await requireOrganization(ctx, input.organization, 'organization');
  await checkMayAppoint(ctx, organization);
  const operation = { name: 'dismissOrganizationAdministrator', input, inTurn: organization.id };
  const { cursor } = await ctx.write(operation, async (tx) => {
    if (!(await deleteAdministrator(tx, organization.id, input.person))) throw noAdministrator();
    const data = { person: input.person };
    tx.append({ type: 'people.organization.administratorDismissed', subject: organization.id, data });
    return organization.id;
  });
  ctx.administratorsOf.clear(organization.id);
  return { organization, cursor };
}

function tooMany(): UserError {
  return invalid(`At most ${maxAdministrators} people speak for one organisation; dismiss somebody first.`, 'person');
}

function noAdministrator(): UserError {
  const message = 'This person does not speak for the organisation; there is nothing to take back.';
  return new UserError('NOT_FOUND', message, ['input', 'person']);
}
