import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { CreatingInput } from '../graphql/mutation.type.js';
import type { AppealHiding, DecideAppeal, DecideOnContent, HideContent, ReportContent } from './moderation.js';
import type { ReportReason } from './moderation-case.js';

export const ReportReasonEnum = {
  SPAM: 'spam',
  OFFENSIVE: 'offensive',
  CONFIDENTIAL: 'confidential',
  UNLAWFUL: 'unlawful',
  OFF_TOPIC: 'off_topic',
  OTHER: 'other',
} as const satisfies Record<string, ReportReason>;

registerEnumType(ReportReasonEnum, {
  name: 'ReportReason',
  description: 'Why somebody wants a moderator to look at something.',
  valuesConfig: {
    SPAM: { description: 'Advertising, or the same again and again.' },
    OFFENSIVE: { description: 'It attacks or belittles somebody.' },
    CONFIDENTIAL: { description: 'It tells what should not be known here.' },
    UNLAWFUL: { description: 'It breaks a law, or somebody has the rights in it.' },
    OFF_TOPIC: { description: 'It does not belong into this space.' },
    OTHER: { description: 'Something else: say it in the note.' },
  },
});

export const AppealDecisionEnum = { UPHOLD: 'uphold', RESTORE: 'restore' } as const satisfies Record<
  string,
  DecideAppeal['decision']
>;

registerEnumType(AppealDecisionEnum, {
  name: 'AppealDecision',
  description: 'The answer to an appeal.',
  valuesConfig: {
    UPHOLD: { description: 'It stays hidden.' },
    RESTORE: { description: 'It is shown again.' },
  },
});

@InputType()
abstract class AboutContent extends CreatingInput {
  @Field(() => ID, { description: 'Id of what this is about.' })
  content: string;
}

@InputType()
export abstract class ReportInput extends AboutContent implements ReportContent {
  @Field(() => ReportReasonEnum, { description: 'Why.' })
  reason: ReportReason;

  @Field(() => String, { nullable: true, description: 'More about it, up to 2,000 characters; for moderators only.' })
  note?: string | null;
}

@InputType()
export abstract class HideInput extends AboutContent implements HideContent {
  @Field(() => String, { description: 'What the author is told, 1 to 2,000 characters.' })
  reason: string;
}

@InputType()
export abstract class DecisionInput extends AboutContent implements DecideOnContent {
  @Field(() => String, { description: 'Why, 1 to 2,000 characters; the author can read it.' })
  note: string;
}

@InputType()
export abstract class AppealInput extends AboutContent implements AppealHiding {
  @Field(() => String, { description: 'Why it should be shown again, 1 to 2,000 characters.' })
  text: string;
}

@InputType()
export abstract class AppealDecisionInput extends DecisionInput implements DecideAppeal {
  @Field(() => AppealDecisionEnum, { description: 'Whether it stays hidden.' })
  decision: DecideAppeal['decision'];
}
