import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { ErasingService, Erasure } from './erasure.entity.js';

export const ErasingServiceEnum = {
  PEOPLE: 'people',
  IDEAS: 'ideas',
  CONVERSATIONS: 'conversations',
} as const satisfies Record<string, ErasingService>;

registerEnumType(ErasingServiceEnum, {
  name: 'HubService',
  description: 'A part of the hub that keeps data of its own.',
  valuesConfig: {
    PEOPLE: { description: 'People, organisations, teams, spaces, ties and access.' },
    IDEAS: { description: 'Challenges, ideas, contributions and endorsements.' },
    CONVERSATIONS: { description: 'Conversations, messages and reactions.' },
  },
});

@ObjectType('ErasureReceipt', { description: 'The word of a service that it holds nothing of the person any more.' })
export class ErasureReceiptType {
  @Field(() => ErasingServiceEnum, { description: 'Which service.' })
  service: ErasingService;

  @Field(() => InstantScalar, { description: 'When it was done there.' })
  completedAt: Date;
}

@ObjectType('Erasure', { description: 'That a person was taken out of the hub, and how far that has come.' })
export class ErasureType {
  @Field(() => ID, { description: 'Id of the erasure.' })
  id: string;

  @Field(() => ID, { description: 'The id the person had. Nothing in the hub has it any more.' })
  personId: string;

  @Field(() => InstantScalar, { description: 'When somebody asked for it.' })
  askedAt: Date;
}

export const ErasureConnection = connectionType<Erasure>('Erasure', () => ErasureType, 'erasures');
