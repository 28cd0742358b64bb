import { type ClassType, Ctx, Query, Resolver } from 'type-graphql';
import type { Scope } from '../auth/scopes.js';
import { notSignedIn } from '../errors/request-error.js';
import type { RequestContext } from '../runtime/request-context.js';
import { CursorScalar } from './scalars.js';
import { NeedsScope } from './scope.js';

/** The query field of a service that says where its streams are now: snapshot and stream join at it without a gap. */
export function positionResolver(field: `${string}Position`, streams: string, scope: Scope): ClassType {
  @Resolver()
  class PositionResolver {
    @NeedsScope(scope)
    @Query(() => CursorScalar, {
      name: field,
      description:
        `Where ${streams} are at present. Ask for it in an operation before the one that reads the data, or beside ` +
        'root fields of the same service in one operation, and subscribe with "after" this cursor: nothing is missed; ' +
        'what happened in between may be both in the data and in the stream. Needs a sign-in, as every stream does.',
    })
    position(@Ctx() ctx: RequestContext): Promise<string> {
      if (ctx.viewer.kind === 'anonymous') throw notSignedIn();
      return ctx.position();
    }
  }
  return PositionResolver;
}
