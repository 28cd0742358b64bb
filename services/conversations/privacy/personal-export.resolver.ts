import { Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { heldPage } from '#kernel/privacy/own-export.js';
import { PersonalRecordConnection } from '#kernel/privacy/personal-record.type.js';
import type { HeldRow } from '#kernel/privacy/select-holdings.js';
import type { ConversationsContext } from '../conversations-context.js';
import { PersonalExportWithConversations } from '../foreign/foreign-types.js';
import { heldInConversations } from './held-in-conversations.js';

@Resolver(() => PersonalExportWithConversations)
export class PersonalExportResolver {
  @NeedsScope('privacy:read')
  @FieldResolver(() => PersonalRecordConnection, {
    nullable: true,
    description:
      'What you said, and where others called you, hidden or not. Null when the service of conversations does not answer.',
  })
  conversations(@Ctx() ctx: ConversationsContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<HeldRow>> {
    return heldPage(ctx, 'conversations', heldInConversations, page);
  }
}
