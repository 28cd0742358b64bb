import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import type { SharingRight } from '#kernel/spaces/space-visibility.js';
import type { SharingAgreement, SharingState } from './sharing-agreement.entity.js';
import { maxParties, maxSharedSpaces, type NamedAgreement, type ProposeSharingAgreement } from './sharing-agreement.js';
import type { SharingAgreementFilter } from './sharing-agreement.repository.js';
import { SharingAgreementType, SharingRightType, SharingStateType } from './sharing-agreement.type.js';

@InputType('SharingAgreementFilter', { description: 'Which agreements; every condition given must hold.' })
export class SharingAgreementFilterInput implements SharingAgreementFilter {
  @Field(() => ID, { nullable: true, description: 'Only those this organisation is a party of.' })
  organization?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those that share this space.' })
  space?: string | null;

  @Field(() => [SharingStateType], { nullable: true, description: 'Only those that stand so.' })
  states?: SharingState[] | null;
}

@InputType({ description: 'An agreement to propose.' })
export class ProposeSharingAgreementInput extends CreatingInput implements ProposeSharingAgreement {
  @Field(() => ID, { description: 'The organisation you speak for; it has signed by this.' })
  organization: string;

  @Field(() => [ID], { description: `The other organisations, 1 to ${maxParties - 1}; each has to sign.` })
  partners: string[];

  @Field(() => [ID], {
    description: `The spaces to share, 1 to ${maxSharedSpaces}: of visibility ORGANIZATION, all their owners parties.`,
  })
  spaces: string[];

  @Field(() => [SharingRightType], { description: 'What may cross; READ is taken for granted.' })
  rights: SharingRight[];

  @Field(() => String, { nullable: true, description: 'What it is for, up to 10,000 characters.' })
  purpose?: string | null;
}

const agreementDescription = 'The agreement; null when there are errors.';

@ObjectType({ description: 'What proposeSharingAgreement did.' })
export class ProposeSharingAgreementPayload extends MutationPayload {
  @Field(() => SharingAgreementType, { nullable: true, description: agreementDescription })
  sharingAgreement: SharingAgreement | null;
}

@InputType({ description: 'Which agreement to sign, and for whom.' })
export class SignSharingAgreementInput extends CreatingInput implements NamedAgreement {
  @Field(() => ID, { description: 'The agreement.' })
  sharingAgreement: string;

  @Field(() => ID, { description: 'The organisation you sign for, one of its parties.' })
  organization: string;
}

@ObjectType({ description: 'What signSharingAgreement did.' })
export class SignSharingAgreementPayload extends MutationPayload {
  @Field(() => SharingAgreementType, { nullable: true, description: agreementDescription })
  sharingAgreement: SharingAgreement | null;
}

@InputType({ description: 'Which agreement to end, and for whom.' })
export class RevokeSharingAgreementInput extends CreatingInput implements NamedAgreement {
  @Field(() => ID, { description: 'The agreement.' })
  sharingAgreement: string;

  @Field(() => ID, { description: 'The organisation in whose name it is ended, one of its parties.' })
  organization: string;
}

@ObjectType({ description: 'What revokeSharingAgreement did.' })
export class RevokeSharingAgreementPayload extends MutationPayload {
  @Field(() => SharingAgreementType, { nullable: true, description: agreementDescription })
  sharingAgreement: SharingAgreement | null;
}
