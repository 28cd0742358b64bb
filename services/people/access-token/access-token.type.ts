import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { AccessToken } from './access-token.entity.js';

@NeedsScope('access:admin')
@ObjectType('AccessToken', {
  description: 'Something that speaks for a person: a program shows it to be let in as them.',
})
export class AccessTokenType {
  @Field(() => ID, { description: 'Global id of the token; not the token itself.' })
  id: string;

  @Field(() => String, { description: 'What it is for, 1 to 200 characters.' })
  name: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The scopes it is limited to; null for all that its person has.',
  })
  scopes: string[] | null;

  @Field(() => InstantScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'From then on it is worth nothing; null for one that does not expire.',
  })
  expiresAt: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was revoked; null while it is worth something.' })
  revokedAt: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was last used, to the minute; null when never.' })
  lastUsedAt: Date | null;
}

export const AccessTokenConnection = connectionType<AccessToken>('AccessToken', () => AccessTokenType, 'access tokens');
