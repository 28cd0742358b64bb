import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { NamedAdministrator } from './organization-administrator.js';

const organizationDescription = 'The organisation; null when there are errors.';

@InputType({ description: 'Who is to speak for an organisation.' })
export class AppointOrganizationAdministratorInput extends CreatingInput implements NamedAdministrator {
  @Field(() => ID, { description: 'The organisation.' })
  organization: string;

  @Field(() => ID, { description: 'One of its people.' })
  person: string;
}

@ObjectType({ description: 'What appointOrganizationAdministrator did.' })
export class AppointOrganizationAdministratorPayload extends MutationPayload {
  @Field(() => OrganizationType, { nullable: true, description: organizationDescription })
  organization: Organization | null;
}

@InputType({ description: 'Who is no longer to speak for an organisation.' })
export class DismissOrganizationAdministratorInput extends CreatingInput implements NamedAdministrator {
  @Field(() => ID, { description: 'The organisation.' })
  organization: string;

  @Field(() => ID, { description: 'One of its administrators.' })
  person: string;
}

@ObjectType({ description: 'What dismissOrganizationAdministrator did.' })
export class DismissOrganizationAdministratorPayload extends MutationPayload {
  @Field(() => OrganizationType, { nullable: true, description: organizationDescription })
  organization: Organization | null;
}
