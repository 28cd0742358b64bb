import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { beginsExport, exportOf, tellRecordsExported } from '#kernel/audit/tell-export.js';
import { connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import {
  type ExportedRecord,
  ExportedRecordConnection,
  RecordKeyInput,
  RecordReferenceType,
} from '#kernel/graphql/records.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { importRecords } from '#kernel/records/import-records.js';
import { requireMovesRecords } from '#kernel/records/records.policy.js';
import { lookUpReferences, type RecordId } from '#kernel/records/reference-store.js';
import type { IdeasContext } from '../ideas-context.js';
import { type ExportKey, exportRecords, selectExport } from './export-ideas.js';
import { challengeWriter } from './import-challenges.js';
import { contributionWriter } from './import-contributions.js';
import { endorsementWriter } from './import-endorsements.js';
import { ideaWriter } from './import-ideas.js';
import { ImportIdeaRecordsInput, ImportIdeaRecordsPayload } from './records.type.js';

const kinds = ['challenge', 'idea', 'contribution', 'endorsement'] as const;
const writers = [challengeWriter, ideaWriter, contributionWriter, endorsementWriter] as const;

@Resolver()
export class IdeaRecordsResolver {
  @NeedsScope('records:import')
  @Mutation(() => ImportIdeaRecordsPayload, {
    description:
      'Imports challenges, ideas, contributions and endorsements; for administrators. Importing the same records again changes nothing.',
  })
  importIdeaRecords(
    @Ctx() ctx: IdeasContext,
    @Arg('input', () => ImportIdeaRecordsInput, { description: 'The batch.' }) input: ImportIdeaRecordsInput,
  ): Promise<ImportIdeaRecordsPayload> {
    return answerMutation(input, async () => {
      const { result, cursor } = await importRecords(ctx, 'ideas', writers, {
        ...input,
        references: input.references ?? [],
      });
      return { outcomes: result, cursor };
    });
  }

  @NeedsScope('records:import')
  @Query(() => [RecordReferenceType], {
    description:
      'Which ideas, challenges and contributions records of a source became; only those found, for administrators.',
  })
  ideaReferences(
    @Ctx() ctx: IdeasContext,
    @Arg('source', () => String, { description: 'Name of the source.' }) source: string,
    @Arg('references', () => [RecordKeyInput], { description: 'Up to 1,000 records.' }) references: RecordKeyInput[],
  ): Promise<RecordId[]> {
    requireMovesRecords(ctx.viewer, 'look up records');
    return lookUpReferences({ run: ctx.db.read }, source, references);
  }

  @NeedsScope('records:export')
  @Query(() => ExportedRecordConnection, {
    description:
      'The challenges, ideas, contributions and endorsements of a space as records, in the order in which they can be imported; for administrators.',
  })
  async ideaRecords(
    @Ctx() ctx: IdeasContext,
    @Arg('space', () => ID, { description: 'Id of the space.' }) space: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('source', () => String, { nullable: true, description: 'Use the refs of this source; of any when left out.' })
    source?: string | null,
  ): Promise<ExportedRecordConnection> {
    requireMovesRecords(ctx.viewer, 'export records');
    if (beginsExport(page)) await tellRecordsExported(ctx, 'ideas', { kinds, space, source: source ?? null });
    const selection = { ...selectExport(ctx.viewer, space), sealedFor: exportOf(ctx, space) };
    const keys = await connect<ExportKey>(ctx, selection, page);
    return {
      get nodes(): Promise<ExportedRecord[]> {
        return keys.nodes.then((rows) => exportRecords(ctx, source ?? null, rows));
      },
      get pageInfo() {
        return keys.pageInfo;
      },
    } as never;
  }
}
