import { Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { heldPage, type OwnExport, ownExport } from '#kernel/privacy/own-export.js';
import { PersonalRecordConnection } from '#kernel/privacy/personal-record.type.js';
import type { HeldRow } from '#kernel/privacy/select-holdings.js';
import type { PeopleContext } from '../people-context.js';
import { heldInPeople } from './held-in-people.js';
import { PersonalExportType } from './personal-export.type.js';

@Resolver(() => PersonalExportType)
export class PersonalExportResolver {
  @NeedsScope('privacy:read')
  @Query(() => PersonalExportType, {
    description: 'Everything the hub holds on you, whoever may see it otherwise: for people, not for API clients.',
  })
  exportMyData(@Ctx() ctx: PeopleContext): OwnExport {
    return ownExport(ctx);
  }

  @FieldResolver(() => PersonalRecordConnection, {
    description: 'Who you are here, where you belong, with whom you had to do, and how you come in.',
  })
  people(@Ctx() ctx: PeopleContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<HeldRow>> {
    return heldPage(ctx, 'people', heldInPeople, page);
  }
}
