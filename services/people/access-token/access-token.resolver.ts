import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { AccessToken } from './access-token.entity.js';
import {
  IssueAccessTokenInput,
  IssueAccessTokenPayload,
  RevokeAccessTokenInput,
  RevokeAccessTokenPayload,
  RotateAccessTokenInput,
  RotateAccessTokenPayload,
} from './access-token.input.js';
import { issueAccessToken, revokeAccessToken, rotateAccessToken } from './access-token.js';
import { selectAccessTokens } from './access-token.repository.js';
import { AccessTokenConnection, AccessTokenType } from './access-token.type.js';

@Resolver(() => AccessTokenType)
export class AccessTokenResolver {
  @NeedsScope('access:admin')
  @Query(() => AccessTokenConnection, { description: 'Your access tokens that are not revoked, the newest first.' })
  async accessTokens(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<AccessToken>> {
    const { personId } = signedInPerson(ctx.viewer);
    return connect<AccessToken>(ctx, selectAccessTokens(ctx.viewer, personId), page);
  }

  @NeedsScope('access:admin')
  @Mutation(() => IssueAccessTokenPayload, {
    description: 'Makes an access token that speaks for you, or for the person an administrator names.',
  })
  issueAccessToken(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => IssueAccessTokenInput, { description: 'The token.' }) input: IssueAccessTokenInput,
  ): Promise<IssueAccessTokenPayload> {
    return answerMutation(input, () => issueAccessToken(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => RevokeAccessTokenPayload, { description: 'Makes one of your access tokens worthless.' })
  revokeAccessToken(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RevokeAccessTokenInput, { description: 'The token.' }) input: RevokeAccessTokenInput,
  ): Promise<RevokeAccessTokenPayload> {
    return answerMutation(input, () => revokeAccessToken(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => RotateAccessTokenPayload, {
    description: 'Gives one of your access tokens another text; the one before stays good for a while if you want.',
  })
  rotateAccessToken(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RotateAccessTokenInput, { description: 'The token.' }) input: RotateAccessTokenInput,
  ): Promise<RotateAccessTokenPayload> {
    return answerMutation(input, () => rotateAccessToken(ctx, input));
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'The person it speaks for.' })
  person(@Root() token: AccessToken, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(token.personId);
  }
}
