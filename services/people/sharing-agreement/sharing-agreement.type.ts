import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { SharingAgreement } from './sharing-agreement.entity.js';

export enum SharingRightType {
  READ = 'read',
  CONTRIBUTE = 'contribute',
  PEOPLE = 'people',
}

registerEnumType(SharingRightType, {
  name: 'SharingRight',
  description: 'What an agreement lets the people of the other organisations do in a space.',
  valuesConfig: {
    READ: { description: 'See the space and what is in it. Part of every agreement.' },
    CONTRIBUTE: { description: 'Bring ideas, contributions, messages and what else members do.' },
    PEOPLE: { description: 'See who its people are; without it authors and members are null or left out.' },
  },
});

export enum SharingStateType {
  PROPOSED = 'proposed',
  IN_FORCE = 'in_force',
  REVOKED = 'revoked',
}

registerEnumType(SharingStateType, {
  name: 'SharingState',
  description: 'Where an agreement stands.',
  valuesConfig: {
    PROPOSED: { description: 'Not all have signed; nothing is shared yet.' },
    IN_FORCE: { description: 'All have signed, and it is not revoked.' },
    REVOKED: { description: 'Ended by one of them, before or after all had signed; it stays so.' },
  },
});

@NeedsScope('access:admin')
@ObjectType('SharingAgreement', {
  implements: NodeType,
  description:
    'What two or more organisations agreed to share: spaces, and what of them. Its words never change; for others propose another one.',
})
export class SharingAgreementType extends NodeType {
  @Field(() => [SharingRightType], { description: 'What crosses the border; READ always.' })
  rights: string[];

  @Field(() => String, { description: 'What it is for, up to 10,000 characters; may be empty.' })
  purpose: string;

  @Field(() => InstantScalar, { description: 'When it was proposed.' })
  proposedAt: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When the last one signed; null before that.' })
  inForceAt: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was revoked; null while it is not.' })
  revokedAt: Date | null;
}

@ObjectType('OfferedSpace', { description: 'A space that an agreement shares.' })
export class OfferedSpaceType {
  @Field(() => String, { description: 'Its name when the agreement was proposed.' })
  name: string;
}

@ObjectType('SharingSignature', { description: 'That an organisation has signed an agreement.' })
export class SharingSignatureType {
  @Field(() => InstantScalar, { description: 'When.' })
  signedAt: Date;
}

export const SharingAgreementConnection = connectionType<SharingAgreement>(
  'SharingAgreement',
  () => SharingAgreementType,
  'agreements to share spaces',
);
