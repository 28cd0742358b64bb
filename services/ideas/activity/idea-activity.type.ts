import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { StreamArgs, StreamEvent } from '#kernel/graphql/stream.type.js';
import { type IdeaActivityFilter, type IdeaActivityKind, ideaActivityKinds } from './idea-activity.js';

export const IdeaActivityKindEnum = Object.fromEntries(
  Object.values(ideaActivityKinds).map((kind) => [kind, kind]),
) as {
  [Kind in IdeaActivityKind]: Kind;
};

registerEnumType(IdeaActivityKindEnum, {
  name: 'IdeaActivityKind',
  description: 'What happened to an idea.',
  valuesConfig: {
    SUBMITTED: { description: 'It was brought into its space.' },
    REVISED: { description: 'Its words changed: see "changed" and "revision".' },
    STAGE_MOVED: { description: 'It moved to another stage: see "stageFrom" and "stageTo".' },
    CONTRIBUTED: { description: 'Somebody contributed: see "contribution".' },
    CONTRIBUTION_REVISED: { description: 'A contribution was changed: see "contribution".' },
    ENDORSED: { description: 'The actor endorsed it.' },
    ENDORSEMENT_WITHDRAWN: { description: 'The actor took an endorsement back.' },
    HIDDEN: { description: 'A moderator hid it: stop showing the idea with this "ideaId".' },
    RESTORED: { description: 'It was hidden, and is shown again, also where "builtOnBy" refers to it.' },
    CONTRIBUTION_HIDDEN: {
      description: 'A moderator hid a contribution: stop showing the one with this "contributionId".',
    },
    CONTRIBUTION_RESTORED: { description: 'A contribution was hidden, and is shown again, also to its "replies".' },
  },
});

@ArgsType()
export class IdeaActivityArgs extends StreamArgs implements IdeaActivityFilter {
  @Field(() => ID, { nullable: true, description: 'Only ideas of this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only this idea.' })
  idea?: string | null;
}

@ObjectType('IdeaActivity', { description: 'Something happened to an idea.' })
export class IdeaActivityType extends StreamEvent {
  @Field(() => IdeaActivityKindEnum, { description: 'What happened.' })
  kind: IdeaActivityKind;

  @Field(() => ID, { description: 'Id of the idea, also where the idea itself is null.' })
  ideaId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the contribution it happened to, also where that is null; null when it happened to the idea.',
  })
  contributionId: string | null;

  @Field(() => String, { nullable: true, description: 'The stage it left; only for STAGE_MOVED.' })
  stageFrom: string | null;

  @Field(() => String, { nullable: true, description: 'The stage it came to; only for SUBMITTED and STAGE_MOVED.' })
  stageTo: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of the new revision; only for SUBMITTED and REVISED, and null for imported changes.',
  })
  revision: number | null;

  @Field(() => [String], { description: 'Names of the fields that changed, only for REVISED; empty otherwise.' })
  changed: readonly string[];
}
