import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import { selectAudit } from './audit.repository.js';
import { AuditEntryConnection, AuditEntryType, AuditFilterInput } from './audit.type.js';
import type { AuditEntry } from './audit-entry.entity.js';

@Resolver(() => AuditEntryType)
export class AuditResolver {
  @NeedsScope('audit:read')
  @Query(() => AuditEntryConnection, {
    description:
      'Who did what in all services, when and from where, latest first: access, roles, agreements, moderation, erasure, imports and exports. For administrators, and empty for others.',
  })
  auditLog(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'Which entries; all when left out.' })
    filter?: AuditFilterInput | null,
  ): Promise<Connection<AuditEntry>> {
    return connect<AuditEntry>(ctx, selectAudit(ctx.viewer, filter ?? {}), page);
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who did it; null for the hub itself and when erased.',
  })
  async actor(@Root() { actorId }: AuditEntry, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return actorId === null ? null : ctx.people.load(actorId);
  }
}
