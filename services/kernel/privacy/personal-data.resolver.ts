import { Args, type ClassType, Ctx, Query, Resolver } from 'type-graphql';
import { signedInPerson } from '../auth/require-viewer.js';
import { type Connection, connect } from '../connections/connection.js';
import { PageArgs } from '../graphql/page.type.js';
import { NeedsScope } from '../graphql/scope.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { Holding } from './holding.js';
import { PersonalRecordConnection } from './personal-data.type.js';
import { type HeldRow, selectHoldings } from './select-holdings.js';

/** What a service shows a person of all it holds on them: `myPeopleData`. */
export function personalDataResolver(
  service: 'people' | 'ideas' | 'conversations',
  holdings: readonly Holding[],
): ClassType {
  const name = `my${service.charAt(0).toUpperCase()}${service.slice(1)}Data`;

  @Resolver()
  class PersonalDataResolver {
    @NeedsScope('privacy:read')
    @Query(() => PersonalRecordConnection, {
      name,
      description: `Everything ${service} holds on you, whoever may see it otherwise: for people, not for API clients.`,
    })
    async personalData(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<HeldRow>> {
      const { personId } = signedInPerson(ctx.viewer);
      return connect<HeldRow>(ctx, selectHoldings(name, holdings, personId), page);
    }
  }
  return PersonalDataResolver;
}
