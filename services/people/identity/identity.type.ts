import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { ViewerClaimsType } from '../viewer/viewer-claims.type.js';
import type { Identity } from './identity.entity.js';
import type { LinkIdentity, UnlinkIdentity } from './identity.js';
import type { SignedIn, SignIn } from './sign-in.js';

@NeedsScope('access:admin')
@ObjectType('Identity', { description: 'How a person signs in: what a provider calls them.' })
export class IdentityType {
  @Field(() => ID, { description: 'Global id of the link.' })
  id: string;

  @Field(() => String, { description: 'The provider, as its tokens name it.' })
  issuer: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the provider calls the person; null before the first sign-in.',
  })
  subject: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address under which the person is expected; null after the first sign-in.',
  })
  email: string | null;

  @Field(() => InstantScalar, { description: 'When the link was made.' })
  createdAt: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'Since when the subject is known; null before the first sign-in.',
  })
  linkedAt: Date | null;
}

export const IdentityConnection = connectionType<Identity>('Identity', () => IdentityType, 'identities');

@InputType({ description: 'How a person will sign in.' })
export class LinkIdentityInput extends CreatingInput implements LinkIdentity {
  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => String, { description: 'The provider, as its tokens name it in "iss"; 1 to 300 characters.' })
  issuer: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the provider calls the person, in "sub"; 1 to 255 characters.',
  })
  subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Instead of the subject, an address that the provider will have verified. It is forgotten at the first sign-in.',
  })
  email?: string | null;
}

@ObjectType({ description: 'What linkIdentity did.' })
export class LinkIdentityPayload extends MutationPayload {
  @Field(() => IdentityType, { nullable: true, description: 'The link; null when there are errors.' })
  identity: Identity | null;
}

@InputType({ description: "Which sign-in is nobody's any more." })
export class UnlinkIdentityInput extends CreatingInput implements UnlinkIdentity {
  @Field(() => ID, { description: 'Id of the link.' })
  identity: string;
}

@ObjectType({ description: 'What unlinkIdentity did.' })
export class UnlinkIdentityPayload extends MutationPayload {}

@Directive('@inaccessible')
@InputType({ description: 'Whom a provider vouches for; from the gateway.' })
export class SignInInput implements SignIn {
  @Field(() => String, { description: 'Claim "iss".' })
  issuer: string;

  @Field(() => String, { description: 'Claim "sub".' })
  subject: string;

  @Field(() => String, { nullable: true, description: 'A name for somebody new.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'A verified address, where it may link.' })
  email?: string | null;

  @Field(() => ID, { nullable: true, description: 'The organisation of somebody new, where one may be made.' })
  organization?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The domain that says whose somebody new is, where one may be made.',
  })
  domain?: string | null;
}

@Directive('@inaccessible')
@ObjectType('SignedIn', { description: 'Who was let in, or why not; for the gateway.' })
export class SignedInType implements SignedIn {
  @Field(() => ViewerClaimsType, { nullable: true, description: 'Who asks.' })
  viewer: SignedIn['viewer'];

  @Field(() => String, { nullable: true, description: 'Why nobody was let in, and what to do.' })
  refusal: string | null;
}
