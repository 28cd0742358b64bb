import { Field, InputType, ObjectType } from 'type-graphql';
import { MutationPayload } from '#kernel/graphql/mutation.type.js';
import {
  AppealDecisionInput,
  AppealInput,
  DecisionInput,
  HideInput,
  ReportInput,
} from '#kernel/moderation/moderation.input.js';
import type { ModerationCase } from '#kernel/moderation/moderation-case.js';
import { MessageCaseType } from './message-case.type.js';

@InputType({ description: 'That a message needs the look of a moderator.' })
export class ReportMessageInput extends ReportInput {}

@InputType({ description: 'What to hide, and why.' })
export class HideMessageInput extends HideInput {}

@InputType({ description: 'What to show again, and why.' })
export class RestoreMessageInput extends DecisionInput {}

@InputType({ description: 'What to let stand, and why.' })
export class DismissMessageReportsInput extends DecisionInput {}

@InputType({ description: 'Against what, and why.' })
export class AppealMessageHidingInput extends AppealInput {}

@InputType({ description: 'The answer to an appeal.' })
export class DecideMessageAppealInput extends AppealDecisionInput {}

@ObjectType({ description: 'What reportMessage did. What becomes of the report is for moderators.' })
export class ReportMessagePayload extends MutationPayload {}

@ObjectType()
abstract class CasePayload extends MutationPayload {
  @Field(() => MessageCaseType, {
    nullable: true,
    description: 'The case as it stands now; null when there are errors, and where there never was one.',
  })
  case: ModerationCase | null;
}

@ObjectType({ description: 'What hideMessage did.' })
export class HideMessagePayload extends CasePayload {}

@ObjectType({ description: 'What restoreMessage did.' })
export class RestoreMessagePayload extends CasePayload {}

@ObjectType({ description: 'What dismissMessageReports did.' })
export class DismissMessageReportsPayload extends CasePayload {}

@ObjectType({ description: 'What appealMessageHiding did.' })
export class AppealMessageHidingPayload extends CasePayload {}

@ObjectType({ description: 'What decideMessageAppeal did.' })
export class DecideMessageAppealPayload extends CasePayload {}
