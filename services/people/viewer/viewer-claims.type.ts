import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { ViewerClaims } from './viewer-claims.js';

@Directive('@inaccessible')
@ObjectType('ViewerClaims', {
  description: 'Who asks with a credential; for the hub itself, not part of the public schema.',
})
export class ViewerClaimsType implements Pick<ViewerClaims, 'personId' | 'clientId' | 'organizationId'> {
  @Field(() => ID, { nullable: true, description: 'The person it speaks for; null for a client.' })
  personId: string | null;

  @Field(() => ID, { nullable: true, description: 'The API client; null for a person.' })
  clientId: string | null;

  @Field(() => ID, { nullable: true, description: 'The organisation of either, if any.' })
  organizationId: string | null;

  @Field(() => String, { description: 'The party of either, in lower case.' })
  party: string;

  @Field(() => Boolean, { description: 'Whether the person is an administrator.' })
  administrator: boolean;

  @Field(() => [String], { nullable: true, description: 'The scopes it is limited to; null for all.' })
  scopes: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The spaces a client is limited to; null for all of its organisation.',
  })
  spaces: string[] | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the credential expires, if ever.' })
  expiresAt: Date | null;
}
