import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import {
  AppointOrganizationAdministratorInput,
  AppointOrganizationAdministratorPayload,
  DismissOrganizationAdministratorInput,
  DismissOrganizationAdministratorPayload,
} from './organization-administrator.input.js';
import { appointOrganizationAdministrator, dismissOrganizationAdministrator } from './organization-administrator.js';
import { maxAdministrators } from './organization-administrator.repository.js';

@Resolver(() => OrganizationType)
export class OrganizationAdministratorResolver {
  @NeedsScope('access:admin')
  @Mutation(() => AppointOrganizationAdministratorPayload, {
    description: 'Lets somebody speak for an organisation; for its administrators and those of the hub.',
  })
  appointOrganizationAdministrator(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => AppointOrganizationAdministratorInput, { description: 'Organisation and person.' })
    input: AppointOrganizationAdministratorInput,
  ): Promise<AppointOrganizationAdministratorPayload> {
    return answerMutation(input, () => appointOrganizationAdministrator(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => DismissOrganizationAdministratorPayload, {
    description: 'Ends that somebody speaks for an organisation; for its administrators and those of the hub.',
  })
  dismissOrganizationAdministrator(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => DismissOrganizationAdministratorInput, { description: 'Organisation and person.' })
    input: DismissOrganizationAdministratorInput,
  ): Promise<DismissOrganizationAdministratorPayload> {
    return answerMutation(input, () => dismissOrganizationAdministrator(ctx, input));
  }

  @FieldResolver(() => [PersonType], {
    description: `Who speaks for it - proposes, signs and ends agreements -, at most ${maxAdministrators}, those you may see.`,
  })
  async administrators(@Root() organization: Organization, @Ctx() ctx: PeopleContext): Promise<Person[]> {
    const ids = await ctx.administratorsOf.load(organization.id);
    const people = await Promise.all(ids.map((id) => ctx.people.load(id)));
    return people.filter((person) => person !== null);
  }
}
