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
import { ConversationCaseType } from './conversation-case.type.js';

@InputType({ description: 'That a conversation or a message needs the look of a moderator.' })
export class ReportConversationContentInput extends ReportInput {}

@InputType({ description: 'What to hide, and why.' })
export class HideConversationContentInput extends HideInput {}

@InputType({ description: 'What to show again, and why.' })
export class RestoreConversationContentInput extends DecisionInput {}

@InputType({ description: 'What to let stand, and why.' })
export class DismissConversationReportsInput extends DecisionInput {}

@InputType({ description: 'Against what, and why.' })
export class AppealConversationHidingInput extends AppealInput {}

@InputType({ description: 'The answer to an appeal.' })
export class DecideConversationAppealInput extends AppealDecisionInput {}

@ObjectType({ description: 'What reportConversationContent did. What becomes of the report is for moderators.' })
export class ReportConversationContentPayload extends MutationPayload {}

@ObjectType()
abstract class CasePayload extends MutationPayload {
  @Field(() => ConversationCaseType, {
    nullable: true,
    description: 'The case as it stands now; null when there are errors, and where there never was one.',
  })
  case: ModerationCase | null;
}

@ObjectType({ description: 'What hideConversationContent did.' })
export class HideConversationContentPayload extends CasePayload {}

@ObjectType({ description: 'What restoreConversationContent did.' })
export class RestoreConversationContentPayload extends CasePayload {}

@ObjectType({ description: 'What dismissConversationReports did.' })
export class DismissConversationReportsPayload extends CasePayload {}

@ObjectType({ description: 'What appealConversationHiding did.' })
export class AppealConversationHidingPayload extends CasePayload {}

@ObjectType({ description: 'What decideConversationAppeal did.' })
export class DecideConversationAppealPayload extends CasePayload {}
