import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { StreamEvent } from '#kernel/graphql/stream.type.js';
import type { TieChangeKind } from './tie-changed.js';

export const TieChangeEnum = {
  FORMED: 'FORMED',
  RECIPROCATED: 'RECIPROCATED',
  WENT_DORMANT: 'WENT_DORMANT',
  LOST: 'LOST',
  REVIVED: 'REVIVED',
} as const satisfies { [Kind in TieChangeKind]: Kind };

registerEnumType(TieChangeEnum, {
  name: 'TieChange',
  description: 'What happened to a tie.',
  valuesConfig: {
    FORMED: { description: 'Two people have a tie now.' },
    RECIPROCATED: { description: 'Both sides give at least 0.5.' },
    WENT_DORMANT: { description: 'Nothing happened for 90 days.' },
    LOST: { description: 'Nothing happened for 180 days.' },
    REVIVED: { description: 'It was dormant or lost, and is not any more.' },
  },
});

@ObjectType('TieChanged', { description: 'Something happened to a tie of yours.' })
export class TieChangedType extends StreamEvent {
  @Field(() => TieChangeEnum, { description: 'What happened.' })
  kind: TieChangeKind;
}
