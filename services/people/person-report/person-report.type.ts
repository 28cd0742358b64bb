import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { reportType } from '#kernel/moderation/moderation.type.js';
import type { PeopleContext } from '../people-context.js';
import { PersonType } from '../person/person.type.js';
import type { PersonCase, PersonCaseState } from './person-case.js';

export const PersonCaseStateEnum = {
  REPORTED: 'reported',
  DISMISSED: 'dismissed',
  SUSPENDED: 'suspended',
} as const satisfies Record<string, PersonCaseState>;

registerEnumType(PersonCaseStateEnum, {
  name: 'PersonCaseState',
  description: 'Where a case about a person stands.',
  valuesConfig: {
    REPORTED: { description: 'Somebody reported them; administrators have not decided yet.' },
    DISMISSED: { description: 'Administrators let them be.' },
    SUSPENDED: { description: 'They were shut out.' },
  },
});

export const PersonReportType = reportType<PeopleContext>(
  () => PersonType,
  (id, ctx) => ctx.people.load(id),
);

@ObjectType('PersonCase', {
  description:
    'What was reported of a person, and what administrators decided. Of what is reported afterwards there is another case.',
})
export class PersonCaseType {
  @Field(() => ID, { description: 'Id of the case.' })
  readonly id: string;

  @Field(() => PersonCaseStateEnum, { description: 'Where it stands.' })
  readonly state: PersonCaseState;

  @Field(() => InstantScalar, { description: 'When they were first reported.' })
  readonly openedAt: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was decided; null before.' })
  readonly decidedAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was said when the reports were dismissed; null otherwise.',
  })
  readonly decision: string | null;

  @Field(() => Int, { description: 'How many people reported them.' })
  readonly reporterCount: number;
}

export const PersonCaseConnection = connectionType<PersonCase>('PersonCase', () => PersonCaseType, 'cases');
