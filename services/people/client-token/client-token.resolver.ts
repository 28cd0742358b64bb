import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { PeopleContext } from '../people-context.js';
import { checkIsHub, type ViewerClaims } from '../viewer/viewer-claims.js';
import { ViewerClaimsType } from '../viewer/viewer-claims.type.js';
import { type IssuedClientToken, issueClientToken } from './client-token.js';
import { noteTokenUse } from './client-token.repository.js';
import { IssueClientTokenInput, IssuedClientTokenType } from './client-token.type.js';

@Resolver()
export class ClientTokenResolver {
  @Directive('@inaccessible')
  @Mutation(() => IssuedClientTokenType, {
    description: 'Gives an API client a short-lived token for its secret; for the hub itself.',
  })
  issueClientToken(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => IssueClientTokenInput, { description: 'Which client, and what it wants.' })
    input: IssueClientTokenInput,
  ): Promise<IssuedClientToken> {
    return issueClientToken(ctx, input);
  }

  @Directive('@inaccessible')
  @Query(() => ViewerClaimsType, {
    nullable: true,
    description: 'Which API client asks with a token it was given for its secret; for the hub itself.',
  })
  async clientWithToken(
    @Ctx() ctx: PeopleContext,
    @Arg('tokenHash', () => String, { description: 'SHA-256 of the token in hexadecimal.' }) tokenHash: string,
  ): Promise<ViewerClaims | null> {
    checkIsHub(ctx.viewer);
    return noteTokenUse(ctx.db, tokenHash, ctx.now());
  }
}
