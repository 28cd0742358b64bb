import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { beginsExport, exportOf, type LeavingRecords, tellRecordsExported } from '#kernel/audit/tell-export.js';
import { connect, type Selection } from '#kernel/connections/connection.js';
import { requestError } from '#kernel/errors/request-error.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import {
  type ExportedRecord,
  ExportedRecordConnection,
  ExportedRecordType,
  RecordKeyInput,
  RecordReferenceType,
} from '#kernel/graphql/records.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { importRecords } from '#kernel/records/import-records.js';
import { requireMovesRecords } from '#kernel/records/records.policy.js';
import { lookUpReferences, type RecordId } from '#kernel/records/reference-store.js';
import type { PeopleContext } from '../people-context.js';
import { type ExportKey, exportRecords, selectInteractions, selectSourcePeople } from './export-people.js';
import { interactionWriter } from './import-interactions.js';
import { organizationWriter } from './import-organizations.js';
import { personWriter } from './import-people.js';
import { spaceWriter } from './import-spaces.js';
import { teamWriter } from './import-teams.js';
import { ImportPeopleRecordsInput, ImportPeopleRecordsPayload } from './records.type.js';

const sourceDescription = 'Name of the source, as given to the import.';
const maxExported = 100;
const kindsById = ['organization', 'team', 'person', 'space'] as const;
const exportKeyDescription =
  'Of your choice: all calls with the same one within 24 hours are one export, and one entry of the audit log. Without it each call is one.';

@Resolver()
export class PeopleRecordsResolver {
  @NeedsScope('records:import')
  @Mutation(() => ImportPeopleRecordsPayload, {
    description:
      'Imports organisations, teams, people, spaces and interactions; for administrators. Importing the same records again changes nothing.',
  })
  importPeopleRecords(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ImportPeopleRecordsInput, { description: 'The batch.' }) input: ImportPeopleRecordsInput,
  ): Promise<ImportPeopleRecordsPayload> {
    const writers = [organizationWriter(ctx), teamWriter(ctx), personWriter(ctx), spaceWriter(ctx), interactionWriter];
    return answerMutation(input, async () => {
      const { result, cursor } = await importRecords(ctx, 'people', writers, {
        ...input,
        references: input.references ?? [],
      });
      return { outcomes: result, cursor };
    });
  }

  @NeedsScope('records:import')
  @Query(() => [RecordReferenceType], {
    description:
      'Which organisations, teams, people and spaces records of a source became; only those found, for administrators.',
  })
  async peopleReferences(
    @Ctx() ctx: PeopleContext,
    @Arg('source', () => String, { description: sourceDescription }) source: string,
    @Arg('references', () => [RecordKeyInput], { description: 'Up to 1,000 records.' }) references: RecordKeyInput[],
  ): Promise<RecordId[]> {
    requireMovesRecords(ctx.viewer, 'look up records');
    return lookUpReferences({ run: ctx.db.read }, source, references);
  }

  @NeedsScope('records:export')
  @Query(() => [ExportedRecordType], {
    nullable: 'items',
    description:
      'Organisations, teams, people and spaces as records, in the order of the ids; a program as a person who is called like it; null where there is none. For administrators.',
  })
  async peopleRecords(
    @Ctx() ctx: PeopleContext,
    @Arg('ids', () => [ID], { description: 'Up to 100 global ids.' }) ids: string[],
    @Arg('source', () => String, { nullable: true, description: 'Use the refs of this source; of any when left out.' })
    source?: string | null,
    @Arg('exportKey', () => String, { nullable: true, description: exportKeyDescription }) exportKey?: string | null,
  ): Promise<(ExportedRecord | null)[]> {
    requireMovesRecords(ctx.viewer, 'export records');
    checkCount(ids.length, maxExported);
    if (ids.length > 0)
      await tellRecordsExported(ctx, 'people', {
        kinds: kindsById,
        source: source ?? null,
        exportKey: exportKey ?? null,
      });
    return exportRecords(ctx, source ?? null, ids);
  }

  @NeedsScope('records:export')
  @Query(() => ExportedRecordConnection, {
    description: 'What a source brought of organisations, teams, people and spaces, as records; for administrators.',
  })
  sourcePeople(
    @Ctx() ctx: PeopleContext,
    @Arg('source', () => String, { description: sourceDescription }) source: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ExportedRecordConnection> {
    return exportPage(ctx, selectSourcePeople(source), { kinds: kindsById, source }, page);
  }

  @NeedsScope('records:export')
  @Query(() => ExportedRecordConnection, {
    description: 'The interactions a source brought, as records; for administrators.',
  })
  interactionRecords(
    @Ctx() ctx: PeopleContext,
    @Arg('source', () => String, { description: sourceDescription }) source: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ExportedRecordConnection> {
    return exportPage(ctx, selectInteractions(source), { kinds: ['interaction'], source }, page);
  }
}

async function exportPage(
  ctx: PeopleContext,
  selection: Selection,
  leaving: LeavingRecords & { readonly source: string },
  page: PageArgs,
): Promise<ExportedRecordConnection> {
  requireMovesRecords(ctx.viewer, 'export records');
  const { source } = leaving;
  if (beginsExport(page)) await tellRecordsExported(ctx, 'people', leaving);
  const keys = await connect<ExportKey>(ctx, { ...selection, sealedFor: exportOf(ctx, source) }, page);
  const ids = (await keys.nodes).map(({ id }) => id);
  const found = await exportRecords(ctx, source, ids);
  return { nodes: found.filter((record) => record !== null), pageInfo: await keys.pageInfo };
}

function checkCount(count: number, most: number): void {
  if (count > most) throw requestError('BAD_INPUT', `Ask for at most ${most} at once; these are ${count}.`);
}
