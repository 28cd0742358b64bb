import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Contribution, ContributionType } from './contribution.entity.js';

export const ContributionTypeEnum = {
  BUILD: 'build',
  QUESTION: 'question',
  EVIDENCE: 'evidence',
  CONCERN: 'concern',
} as const satisfies Record<string, ContributionType>;

registerEnumType(ContributionTypeEnum, {
  name: 'ContributionType',
  description: 'What a contribution does for an idea.',
  valuesConfig: {
    BUILD: { description: 'Takes the idea further.' },
    QUESTION: { description: 'Asks what is not clear yet.' },
    EVIDENCE: { description: 'Brings facts, for or against.' },
    CONCERN: { description: 'Names a risk or an objection.' },
  },
});

export const ContributionOrderEnum = { OLDEST: 'OLDEST', LATEST: 'LATEST' } as const;

registerEnumType(ContributionOrderEnum, {
  name: 'ContributionOrder',
  description: 'The order of a list of contributions.',
  valuesConfig: { OLDEST: { description: 'Oldest first.' }, LATEST: { description: 'Newest first.' } },
});

@NeedsScope('ideas:read')
@Entity()
@ObjectType('Contribution', { implements: NodeType, description: 'What somebody adds to an idea.' })
export class ContributionObject extends NodeType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => ContributionTypeEnum, { description: 'What it does for the idea.' })
  type: ContributionType;

  @Field(() => String, {
    description: 'Plain text or Markdown, up to 65,536 characters; may be empty for imported history.',
  })
  body: string;

  @Field(() => InstantScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => InstantScalar, { description: 'When it was last changed; createdAt when it never was.' })
  updatedAt: Date;
}

export const ContributionConnection = connectionType<Contribution>(
  'Contribution',
  () => ContributionObject,
  'contributions',
);
