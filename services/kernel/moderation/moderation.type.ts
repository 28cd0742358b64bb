import { type ClassType, Ctx, Directive, Field, ID, Int, ObjectType, Root, registerEnumType } from 'type-graphql';
import { type Keyed, refer } from '../graphql/entity-key.js';
import { InstantScalar } from '../graphql/scalars.js';
import { ReportReasonEnum } from './moderation.input.js';
import type { ModerationContext } from './moderation.loader.js';
import { maxReports } from './moderation.repository.js';
import type { CaseState, ModerationCase, ModerationReport, ReportReason } from './moderation-case.js';

export const CaseStateEnum = {
  REPORTED: 'reported',
  DISMISSED: 'dismissed',
  HIDDEN: 'hidden',
  APPEALED: 'appealed',
  UPHELD: 'upheld',
  RESTORED: 'restored',
} as const satisfies Record<string, CaseState>;

registerEnumType(CaseStateEnum, {
  name: 'ModerationState',
  description: 'Where a moderation case stands.',
  valuesConfig: {
    REPORTED: { description: 'Somebody reported it; moderators have not decided yet.' },
    DISMISSED: { description: 'It was reported, and stands as it is.' },
    HIDDEN: { description: 'A moderator hid it; its author can appeal.' },
    APPEALED: { description: 'It is hidden, and its author asks for another look.' },
    UPHELD: { description: 'It stays hidden: the appeal was rejected.' },
    RESTORED: { description: 'It was hidden and is shown again.' },
  },
});

/** What every case tells, whatever it is about. A service adds the content, and hands over its own type of a person. */
export function moderationCaseType(name: string, noun: string, person: () => ClassType): ClassType<ModerationCase> {
  const Report = reportType(person);

  @ObjectType(name, {
    description: `What moderators decided, or have to decide, about ${noun}. For the moderators of its space, and for its author once it was hidden.`,
  })
  class Case {
    @Field(() => ID, { description: 'Id of the case.' })
    readonly id: string;

    @Field(() => CaseStateEnum, { description: 'Where it stands.' })
    readonly state: CaseState;

    @Field(() => InstantScalar, { description: 'When it was first reported or hidden.' })
    readonly openedAt: Date;

    @Field(() => InstantScalar, { description: 'When its state last changed.' })
    readonly movedAt: Date;

    @Field(() => String, { nullable: true, description: 'Why it was hidden; null when it never was.' })
    readonly reason: string | null;

    @Field(() => InstantScalar, { nullable: true, description: 'When it was last hidden; null when it never was.' })
    readonly hiddenAt: Date | null;

    @Field(() => String, { nullable: true, description: 'What its author says against it; null without an appeal.' })
    readonly appeal: string | null;

    @Field(() => String, { nullable: true, description: 'What was said with the last decision; null before one.' })
    readonly decision: string | null;

    @Field(() => person(), { nullable: true, description: 'Who hid it; for moderators only.' })
    hiddenBy(@Root() root: ModerationCase, @Ctx() ctx: ModerationContext): Promise<Keyed | null> {
      return forModerators(ctx, root, root.hiddenById);
    }

    @Field(() => person(), { nullable: true, description: 'Who decided last; for moderators only.' })
    decidedBy(@Root() root: ModerationCase, @Ctx() ctx: ModerationContext): Promise<Keyed | null> {
      return forModerators(ctx, root, root.decidedById);
    }

    @Field(() => Int, { nullable: true, description: 'How many people reported it; for moderators only.' })
    async reportCount(@Root() root: ModerationCase, @Ctx() ctx: ModerationContext): Promise<number | null> {
      return (await ctx.moderation.decides(root)) ? root.reporterCount : null;
    }

    @Field(() => [Report], { description: `The newest ${maxReports} reports; for moderators only, otherwise empty.` })
    async reports(@Root() root: ModerationCase, @Ctx() ctx: ModerationContext): Promise<readonly ModerationReport[]> {
      return (await ctx.moderation.decides(root)) ? ctx.moderation.reports(root.id) : [];
    }
  }
  return Case as unknown as ClassType<ModerationCase>;
}

async function forModerators(ctx: ModerationContext, root: ModerationCase, id: string | null): Promise<Keyed | null> {
  return (await ctx.moderation.decides(root)) ? refer(id) : null;
}

/** A report, with the reporter as the service that hands over its type of a person answers them. */
export function reportType<Context>(
  person: () => ClassType,
  findReporter: (id: string, ctx: Context) => unknown = (id) => refer(id),
): ClassType<ModerationReport> {
  @Directive('@shareable')
  @ObjectType('ModerationReport', { description: 'That somebody reported something, and why.' })
  class Report {
    @Field(() => ReportReasonEnum, { description: 'Why.' })
    readonly reason: ReportReason;

    @Field(() => String, { description: 'More about it; may be empty.' })
    readonly note: string;

    @Field(() => InstantScalar, { description: 'When.' })
    readonly createdAt: Date;

    @Field(() => person(), { nullable: true, description: 'Who; null when erased.' })
    reporter(@Root() root: ModerationReport, @Ctx() ctx: Context): unknown {
      return findReporter(root.reporterId, ctx);
    }
  }
  return Report as unknown as ClassType<ModerationReport>;
}
