import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { ApiClient } from './api-client.entity.js';

@NeedsScope('access:admin')
@ObjectType('ApiClient', {
  description:
    'A program that acts for an organisation: it sees what is open to that organisation, and never more. What it writes bears its name.',
})
export class ApiClientType {
  @Field(() => ID, { description: 'Global id of the client; not its token.' })
  id: string;

  @Field(() => String, { description: 'What it is for, 1 to 200 characters.' })
  name: string;

  @Field(() => [String], { description: 'The scopes it was given.' })
  scopes: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of the only spaces it may enter, up to 100; null for all that are open to its organisation.',
  })
  spaces: string[] | null;

  @Field(() => InstantScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'From then on it is worth nothing; null for one that does not expire.',
  })
  expiresAt: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was revoked; null while it is worth something.' })
  revokedAt: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it last asked, to the minute; null when never.' })
  lastUsedAt: Date | null;
}

export const ApiClientConnection = connectionType<ApiClient>('ApiClient', () => ApiClientType, 'API clients');
