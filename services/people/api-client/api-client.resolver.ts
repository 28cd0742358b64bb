import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { ApiClient } from './api-client.entity.js';
import {
  CreateApiClientInput,
  CreateApiClientPayload,
  RevokeApiClientInput,
  RevokeApiClientPayload,
  RotateApiClientInput,
  RotateApiClientPayload,
} from './api-client.input.js';
import { createApiClient, revokeApiClient, rotateApiClient } from './api-client.js';
import { selectApiClients } from './api-client.repository.js';
import { ApiClientConnection, ApiClientType } from './api-client.type.js';

@Resolver(() => ApiClientType)
export class ApiClientResolver {
  @NeedsScope('access:admin')
  @Query(() => ApiClientConnection, {
    description: 'API clients that are not revoked, the newest first: those you made; for administrators all.',
  })
  async apiClients(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('organization', () => ID, { nullable: true, description: 'Only those of this organisation.' })
    organization?: string | null,
  ): Promise<Connection<ApiClient>> {
    signedInPerson(ctx.viewer);
    return connect<ApiClient>(ctx, selectApiClients(ctx.viewer, organization), page);
  }

  @NeedsScope('access:admin')
  @Mutation(() => CreateApiClientPayload, {
    description:
      'Makes an API client of an organisation; for administrators, and for who owns or facilitates each of its spaces in their own organisation.',
  })
  createApiClient(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => CreateApiClientInput, { description: 'The client.' }) input: CreateApiClientInput,
  ): Promise<CreateApiClientPayload> {
    return answerMutation(input, () => createApiClient(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => RotateApiClientPayload, {
    description: 'Gives an API client another token; the one before stays good for a while if you want.',
  })
  rotateApiClient(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RotateApiClientInput, { description: 'The client.' }) input: RotateApiClientInput,
  ): Promise<RotateApiClientPayload> {
    return answerMutation(input, () => rotateApiClient(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => RevokeApiClientPayload, { description: 'Makes an API client worthless, its open subscriptions too.' })
  revokeApiClient(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RevokeApiClientInput, { description: 'The client.' }) input: RevokeApiClientInput,
  ): Promise<RevokeApiClientPayload> {
    return answerMutation(input, () => revokeApiClient(ctx, input));
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: 'The organisation it asks for.' })
  organization(@Root() client: ApiClient, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return ctx.organizations.load(client.organizationId);
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who made it; null when erased.' })
  creator(@Root() client: ApiClient, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(client.creatorId);
  }
}
