import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Program } from './program.loader.js';
import { ProgramType } from './program.type.js';

@Resolver(() => ProgramType)
export class ProgramResolver {
  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: 'The organisation it acts for; null for who may not see that.',
  })
  organization(@Root() program: Program, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return ctx.organizations.load(program.organizationId);
  }
}
