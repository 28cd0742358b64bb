import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { type Tie, tieStandings } from './tie-standing.js';

export const TieStateEnum = tieStandings;

registerEnumType(TieStateEnum, {
  name: 'TieState',
  description: 'How two people stand to each other.',
  valuesConfig: {
    CONTACT: { description: 'They dealt with each other, too little for a tie.' },
    TIE: { description: 'They did so on two days within 14, or with a strength of 1.5.' },
    RECIPROCAL: { description: 'A tie to which both sides give at least 0.5.' },
    REVIVED: { description: 'A tie that was dormant or lost and came back.' },
    DORMANT: { description: 'A tie without an interaction for 90 days.' },
    LOST: { description: 'A tie without an interaction for 180 days.' },
  },
});

@NeedsScope('people:read')
@ObjectType('Tie', {
  description: 'That two people deal with each other, seen from one of them. Nobody but the two can see it.',
})
export class TieType {
  @Field(() => InstantScalar, { nullable: true, description: 'When it became a tie; null for a contact.' })
  since: Date | null;

  @Field(() => InstantScalar, { description: 'The first interaction of all.' })
  firstAt: Date;

  @Field(() => InstantScalar, { description: 'The last interaction.' })
  lastAt: Date;
}

export const TieConnection = connectionType<Tie>('Tie', () => TieType, 'ties');
