import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { signedInPerson } from '#kernel/auth/require-viewer.js';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import { checkIsHub, type ViewerClaims } from '../viewer/viewer-claims.js';
import { ViewerClaimsType } from '../viewer/viewer-claims.type.js';
import type { Identity } from './identity.entity.js';
import { linkIdentity, unlinkIdentity } from './identity.js';
import { claimsOf, selectIdentities } from './identity.repository.js';
import {
  IdentityConnection,
  IdentityType,
  LinkIdentityInput,
  LinkIdentityPayload,
  SignedInType,
  SignInInput,
  UnlinkIdentityInput,
  UnlinkIdentityPayload,
} from './identity.type.js';
import { type SignedIn, signIn } from './sign-in.js';

@Resolver(() => IdentityType)
export class IdentityResolver {
  @NeedsScope('access:admin')
  @Query(() => IdentityConnection, {
    description: 'How you sign in, or the person an administrator names; oldest first.',
  })
  async identities(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('person', () => ID, { nullable: true, description: 'The person; you when left out.' }) person?: string | null,
  ): Promise<Connection<Identity>> {
    const { personId } = signedInPerson(ctx.viewer);
    return connect<Identity>(ctx, selectIdentities(ctx.viewer, person ?? personId), page);
  }

  @Directive('@inaccessible')
  @Query(() => ViewerClaimsType, { nullable: true, description: 'Who an issuer means; for the hub itself.' })
  async identityOf(
    @Ctx() ctx: PeopleContext,
    @Arg('issuer', () => String, { description: 'Claim "iss".' }) issuer: string,
    @Arg('subject', () => String, { description: 'Claim "sub".' }) subject: string,
  ): Promise<ViewerClaims | null> {
    checkIsHub(ctx.viewer);
    return claimsOf(ctx.db, { issuer, subject });
  }

  @Directive('@inaccessible')
  @Mutation(() => SignedInType, { description: 'Lets somebody in for whom a provider vouches; for the hub itself.' })
  signIn(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => SignInInput, { description: 'Whom.' }) input: SignInInput,
  ): Promise<SignedIn> {
    return signIn(ctx, input);
  }

  @NeedsScope('access:admin')
  @Mutation(() => LinkIdentityPayload, {
    description: 'Says which person somebody is who signs in with a provider; for administrators.',
  })
  linkIdentity(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => LinkIdentityInput, { description: 'The link.' }) input: LinkIdentityInput,
  ): Promise<LinkIdentityPayload> {
    return answerMutation(input, () => linkIdentity(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => UnlinkIdentityPayload, { description: 'Takes a sign-in away from a person; for administrators.' })
  unlinkIdentity(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => UnlinkIdentityInput, { description: 'The link.' }) input: UnlinkIdentityInput,
  ): Promise<UnlinkIdentityPayload> {
    return answerMutation(input, () => unlinkIdentity(ctx, input));
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who signs in with it.' })
  person(@Root() identity: Identity, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(identity.personId);
  }
}
