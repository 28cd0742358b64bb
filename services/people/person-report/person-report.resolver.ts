import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireAdministrator } from '#kernel/auth/require-viewer.js';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { maxReports } from '#kernel/moderation/moderation.repository.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { PersonCase, PersonReport } from './person-case.js';
import {
  DismissPersonReportsInput,
  DismissPersonReportsPayload,
  PersonCasesArgs,
  ReportPersonInput,
  ReportPersonPayload,
} from './person-report.input.js';
import { dismissPersonReports, reportPerson } from './person-report.js';
import { selectPersonCases } from './person-report.repository.js';
import { PersonCaseConnection, PersonCaseType, PersonReportType } from './person-report.type.js';

@Resolver(() => PersonCaseType)
export class PersonReportResolver {
  @NeedsScope('moderation:read')
  @Query(() => PersonCaseConnection, {
    description:
      'The people who were reported, longest waiting first; for administrators, who do not find there what was reported of themselves.',
  })
  async personCases(
    @Ctx() ctx: PeopleContext,
    @Args(() => PersonCasesArgs) args: PersonCasesArgs,
  ): Promise<Connection<PersonCase>> {
    requireAdministrator(ctx.viewer, 'see who was reported');
    return connect<PersonCase>(ctx, selectPersonCases(ctx.viewer, args.states ?? ['reported']), args);
  }

  @NeedsScope('moderation:write')
  @Mutation(() => ReportPersonPayload, {
    description:
      'Asks the administrators to look at what somebody does, who is not told. Reporting the same person again changes nothing until it is decided.',
  })
  reportPerson(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ReportPersonInput, { description: 'Whom and why.' }) input: ReportPersonInput,
  ): Promise<ReportPersonPayload> {
    return answerMutation(input, () => reportPerson(ctx, input));
  }

  @NeedsScope('moderation:write')
  @Mutation(() => DismissPersonReportsPayload, {
    description: 'Lets somebody be who was reported; for administrators. To shut them out, use suspendPerson.',
  })
  dismissPersonReports(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => DismissPersonReportsInput, { description: 'Whom and why.' }) input: DismissPersonReportsInput,
  ): Promise<DismissPersonReportsPayload> {
    return answerMutation(input, () => dismissPersonReports(ctx, input));
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who was reported.' })
  person(@Root() { personId }: PersonCase, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(personId);
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who decided; null before a decision, and when erased.',
  })
  async decidedBy(@Root() { decidedById }: PersonCase, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return decidedById === null ? null : ctx.people.load(decidedById);
  }

  @FieldResolver(() => [PersonReportType], { description: `The newest ${maxReports} reports.` })
  reports(@Root() { id }: PersonCase, @Ctx() ctx: PeopleContext): Promise<readonly PersonReport[]> {
    return ctx.personReports.load(id);
  }
}
