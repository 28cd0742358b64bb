import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { nameContainsDescription } from '../directory/name-contains.js';
import type { Organization, OrganizationRelation } from './organization.entity.js';
import type { RegisterOrganization, ReviseOrganization } from './organization.js';
import type { OrganizationFilter } from './organization.repository.js';
import { OrganizationRelationType, OrganizationType } from './organization.type.js';

@InputType('OrganizationFilter', { description: 'Which organisations; every condition given must hold.' })
export class OrganizationFilterInput implements OrganizationFilter {
  @Field(() => String, { nullable: true, description: nameContainsDescription })
  nameContains?: string | null;

  @Field(() => [OrganizationRelationType], { nullable: true, description: 'Only those in one of these relations.' })
  relations?: OrganizationRelation[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only those that own this internet domain, written in lower case.',
  })
  domain?: string | null;
}

@InputType({ description: 'A new organisation.' })
export class RegisterOrganizationInput extends CreatingInput implements RegisterOrganization {
  @Field(() => String, { description: 'Its name, 1 to 300 characters.' })
  name: string;

  @Field(() => OrganizationRelationType, { description: 'What it is to the host of the hub.' })
  relation: OrganizationRelation;

  @Field(() => [String], {
    nullable: true,
    description: 'Internet domains it owns, up to 1,000 of up to 200 characters.',
  })
  domains?: string[] | null;
}

@ObjectType({ description: 'What registerOrganization did.' })
export class RegisterOrganizationPayload extends MutationPayload {
  @Field(() => OrganizationType, { nullable: true, description: 'The new organisation; null when there are errors.' })
  organization: Organization | null;
}

@InputType({ description: 'A change of an organisation. What is left out stays as it is.' })
export class ReviseOrganizationInput extends CreatingInput implements ReviseOrganization {
  @Field(() => ID, { description: 'The organisation.' })
  organization: string;

  @Field(() => String, { nullable: true, description: 'New name, 1 to 300 characters.' })
  name?: string | null;

  @Field(() => OrganizationRelationType, { nullable: true, description: 'New relation to the host.' })
  relation?: OrganizationRelation | null;

  @Field(() => [String], { nullable: true, description: 'New set of domains, up to 1,000 of up to 200 characters.' })
  domains?: string[] | null;
}

@ObjectType({ description: 'What reviseOrganization did.' })
export class ReviseOrganizationPayload extends MutationPayload {
  @Field(() => OrganizationType, {
    nullable: true,
    description: 'The revised organisation; null when there are errors.',
  })
  organization: Organization | null;
}
