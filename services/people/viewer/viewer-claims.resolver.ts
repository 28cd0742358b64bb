import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import { noteUse as noteTokenUse } from '../access-token/access-token.repository.js';
import { noteUse as noteClientUse } from '../api-client/api-client.repository.js';
import type { PeopleContext } from '../people-context.js';
import { checkIsHub, type ViewerClaims } from './viewer-claims.js';
import { ViewerClaimsType } from './viewer-claims.type.js';

const hashDescription = 'SHA-256 of the token in hexadecimal.';

@Resolver()
export class ViewerClaimsResolver {
  @Directive('@inaccessible')
  @Query(() => ViewerClaimsType, { nullable: true, description: 'Who asks with an access token; for the hub itself.' })
  async viewerOf(
    @Ctx() ctx: PeopleContext,
    @Arg('tokenHash', () => String, { description: hashDescription }) tokenHash: string,
  ): Promise<ViewerClaims | null> {
    checkIsHub(ctx.viewer);
    return noteTokenUse(ctx.db, tokenHash, ctx.now());
  }

  @Directive('@inaccessible')
  @Query(() => ViewerClaimsType, { nullable: true, description: 'Which API client asks; for the hub itself.' })
  async clientOf(
    @Ctx() ctx: PeopleContext,
    @Arg('tokenHash', () => String, { description: hashDescription }) tokenHash: string,
  ): Promise<ViewerClaims | null> {
    checkIsHub(ctx.viewer);
    return noteClientUse(ctx.db, tokenHash, ctx.now());
  }
}
