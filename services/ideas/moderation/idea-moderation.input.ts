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
import { IdeaCaseType } from './idea-case.type.js';

@InputType({ description: 'That a challenge, an idea or a contribution needs the look of a moderator.' })
export class ReportIdeaContentInput extends ReportInput {}

@InputType({ description: 'What to hide, and why.' })
export class HideIdeaContentInput extends HideInput {}

@InputType({ description: 'What to show again, and why.' })
export class RestoreIdeaContentInput extends DecisionInput {}

@InputType({ description: 'What to let stand, and why.' })
export class DismissIdeaReportsInput extends DecisionInput {}

@InputType({ description: 'Against what, and why.' })
export class AppealIdeaHidingInput extends AppealInput {}

@InputType({ description: 'The answer to an appeal.' })
export class DecideIdeaAppealInput extends AppealDecisionInput {}

@ObjectType({ description: 'What reportIdeaContent did. What becomes of the report is for moderators.' })
export class ReportIdeaContentPayload extends MutationPayload {}

@ObjectType()
abstract class CasePayload extends MutationPayload {
  @Field(() => IdeaCaseType, {
    nullable: true,
    description: 'The case as it stands now; null when there are errors, and where there never was one.',
  })
  case: ModerationCase | null;
}

@ObjectType({ description: 'What hideIdeaContent did.' })
export class HideIdeaContentPayload extends CasePayload {}

@ObjectType({ description: 'What restoreIdeaContent did.' })
export class RestoreIdeaContentPayload extends CasePayload {}

@ObjectType({ description: 'What dismissIdeaReports did.' })
export class DismissIdeaReportsPayload extends CasePayload {}

@ObjectType({ description: 'What appealIdeaHiding did.' })
export class AppealIdeaHidingPayload extends CasePayload {}

@ObjectType({ description: 'What decideIdeaAppeal did.' })
export class DecideIdeaAppealPayload extends CasePayload {}
