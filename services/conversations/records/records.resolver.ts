import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { beginsExport, tellRecordsExported } from '#kernel/audit/tell-export.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { ExportedRecordConnection, RecordKeyInput, RecordReferenceType } from '#kernel/graphql/records.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { importRecords } from '#kernel/records/import-records.js';
import { requireMovesRecords } from '#kernel/records/records.policy.js';
import { lookUpReferences, type RecordId } from '#kernel/records/reference-store.js';
import type { ConversationsContext } from '../conversations-context.js';
import { type ExportPage, exportRecords } from './export-conversations.js';
import { conversationWriter } from './import-conversations.js';
import { messageWriter } from './import-messages.js';
import { reactionWriter } from './import-reactions.js';
import { ImportConversationRecordsInput, ImportConversationRecordsPayload } from './records.type.js';

const kinds = ['conversation', 'message', 'reaction'] as const;
const writers = [conversationWriter, messageWriter, reactionWriter];

@Resolver()
export class ConversationRecordsResolver {
  @NeedsScope('records:import')
  @Mutation(() => ImportConversationRecordsPayload, {
    description:
      'Imports conversations, messages and reactions; for administrators. Importing the same records again changes nothing.',
  })
  importConversationRecords(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => ImportConversationRecordsInput, { description: 'The records.' })
    input: ImportConversationRecordsInput,
  ): Promise<ImportConversationRecordsPayload> {
    const { source, records, references, onError } = input;
    return answerMutation(input, async () => {
      const request = { source, records, references: references ?? [], onError };
      const { result: outcomes, cursor } = await importRecords(ctx, 'conversations', writers, request);
      return { outcomes, cursor };
    });
  }

  @NeedsScope('records:import')
  @Query(() => [RecordReferenceType], {
    description:
      'Which conversations and messages records of a source became; unknown ones are left out. For administrators.',
  })
  async conversationReferences(
    @Ctx() ctx: ConversationsContext,
    @Arg('source', () => String, { description: 'Name of the source system.' }) source: string,
    @Arg('references', () => [RecordKeyInput], { description: 'Up to 1,000 records.' }) references: RecordKeyInput[],
  ): Promise<RecordId[]> {
    requireMovesRecords(ctx.viewer, 'look up records');
    return lookUpReferences({ run: ctx.db.read }, source, references);
  }

  @NeedsScope('records:export')
  @Query(() => ExportedRecordConnection, {
    description:
      'The conversations, messages and reactions of a space as records, in the order in which they can be imported; for administrators.',
  })
  async conversationRecords(
    @Ctx() ctx: ConversationsContext,
    @Arg('space', () => ID, { description: 'The space.' }) space: string,
    @Arg('source', () => String, {
      nullable: true,
      description: 'Use the refs of this source; of any when left out.',
    })
    source?: string | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 0 to 100; 25 when left out.' })
    first?: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after?: string | null,
  ): Promise<ExportPage> {
    requireMovesRecords(ctx.viewer, 'export records');
    if (beginsExport({ after: after ?? null }))
      await tellRecordsExported(ctx, 'conversations', { kinds, space, source: source ?? null });
    return exportRecords(ctx, { space, source: source ?? null, first: first ?? null, after: after ?? null });
  }
}
