import { Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { heldPage } from '#kernel/privacy/own-export.js';
import { PersonalRecordConnection } from '#kernel/privacy/personal-record.type.js';
import type { HeldRow } from '#kernel/privacy/select-holdings.js';
import { PersonalExportWithIdeas } from '../foreign/foreign-types.js';
import type { IdeasContext } from '../ideas-context.js';
import { heldInIdeas } from './held-in-ideas.js';

@Resolver(() => PersonalExportWithIdeas)
export class PersonalExportResolver {
  @NeedsScope('privacy:read')
  @FieldResolver(() => PersonalRecordConnection, {
    nullable: true,
    description: 'What you wrote and did with ideas, hidden or not. Null when the service of ideas does not answer.',
  })
  ideas(@Ctx() ctx: IdeasContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<HeldRow>> {
    return heldPage(ctx, 'ideas', heldInIdeas, page);
  }
}
