import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requireAdministrator } from '#kernel/auth/require-viewer.js';
import { requestError } from '#kernel/errors/request-error.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { ExportedRecordConnection, RecordKeyInput, RecordReferenceType } from '#kernel/graphql/records.type.js';
import { importRecords } from '#kernel/records/import-records.js';
import { findReferences, type RecordId } from '#kernel/records/reference-store.js';
import type { ConversationsContext } from '../conversations-context.js';
import { conversationWriter } from './conversation.writer.js';
import { type ExportPage, exportRecords } from './export-records.js';
import { messageWriter } from './message.writer.js';
import { reactionWriter } from './reaction.writer.js';
import { ImportConversationRecordsInput, ImportConversationRecordsPayload } from './records.input.js';

const writers = [conversationWriter, messageWriter, reactionWriter];
const maxReferences = 1_000;

@Resolver()
export class RecordsResolver {
  @Mutation(() => ImportConversationRecordsPayload, {
    description: 'Brings in conversations, messages and reactions of another system; for administrators.',
  })
  importConversationRecords(
    @Ctx() ctx: ConversationsContext,
    @Arg('input', () => ImportConversationRecordsInput, { description: 'The records.' })
    input: ImportConversationRecordsInput,
  ): Promise<ImportConversationRecordsPayload> {
    const { source, records, references, onError } = input;
    return answerMutation(input, async () => {
      const request = { source, records, references: references ?? [], onError };
      const { result: outcomes, cursor } = await importRecords(ctx, writers, request);
      return { outcomes, cursor };
    });
  }

  @Query(() => [RecordReferenceType], {
    description:
      'Which conversations and messages records of a source became; unknown ones are left out. For administrators.',
  })
  async conversationReferences(
    @Ctx() ctx: ConversationsContext,
    @Arg('source', () => String, { description: 'Name of the source system.' }) source: string,
    @Arg('references', () => [RecordKeyInput], { description: 'Up to 1,000 records.' }) references: RecordKeyInput[],
  ): Promise<RecordId[]> {
    requireAdministrator(ctx.viewer, 'look up imported records');
    if (references.length > maxReferences) {
      throw requestError(
        'BAD_INPUT',
        `Ask for at most ${maxReferences} records at once; these are ${references.length}.`,
      );
    }
    return findReferences({ run: ctx.db.read }, source, references);
  }

  @Query(() => ExportedRecordConnection, {
    description:
      'Everything said in a space as records: conversations, then messages, then reactions, each in order of id.',
  })
  conversationRecords(
    @Ctx() ctx: ConversationsContext,
    @Arg('space', () => ID, { description: 'The space.' }) space: string,
    @Arg('source', () => String, {
      nullable: true,
      description: 'Gives the refs of this source; of whichever source knows the object when left out.',
    })
    source?: string | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 0 to 100; 25 when left out.' })
    first?: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after?: string | null,
  ): Promise<ExportPage> {
    return exportRecords(ctx, { space, source: source ?? null, first: first ?? null, after: after ?? null });
  }
}
