import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { ReportReasonEnum } from '#kernel/moderation/moderation.input.js';
import type { ReportReason } from '#kernel/moderation/moderation-case.js';
import type { PersonCase, PersonCaseState } from './person-case.js';
import type { DismissPersonReports, ReportPerson } from './person-report.js';
import { PersonCaseStateEnum, PersonCaseType } from './person-report.type.js';

@ArgsType()
export class PersonCasesArgs extends PageArgs {
  @Field(() => [PersonCaseStateEnum], {
    nullable: true,
    description: 'Only cases in one of these states; REPORTED, which wait for a decision, when left out.',
  })
  states?: PersonCaseState[] | null;
}

@InputType({ description: 'That administrators should look at what somebody does.' })
export class ReportPersonInput extends CreatingInput implements ReportPerson {
  @Field(() => ID, { description: 'Whom this is about.' })
  person: string;

  @Field(() => ReportReasonEnum, { description: 'Why.' })
  reason: ReportReason;

  @Field(() => String, {
    nullable: true,
    description: 'More about it, up to 2,000 characters; for administrators only.',
  })
  note?: string | null;
}

@ObjectType({ description: 'What reportPerson did. What becomes of the report is for administrators.' })
export class ReportPersonPayload extends MutationPayload {}

@InputType({ description: 'Whom to let be, and why.' })
export class DismissPersonReportsInput extends CreatingInput implements DismissPersonReports {
  @Field(() => ID, { description: 'Who was reported.' })
  person: string;

  @Field(() => String, { description: 'Why, 1 to 2,000 characters; for administrators only.' })
  note: string;
}

@ObjectType({ description: 'What dismissPersonReports did.' })
export class DismissPersonReportsPayload extends MutationPayload {
  @Field(() => PersonCaseType, {
    nullable: true,
    description: 'The case as it stands now; null when there are errors, and where none waited for a decision.',
  })
  case: PersonCase | null;
}
