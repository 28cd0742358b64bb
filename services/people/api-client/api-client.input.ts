import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { ApiClient } from './api-client.entity.js';
import type { CreateApiClient, RevokeApiClient, RotateApiClient } from './api-client.js';
import { ApiClientType } from './api-client.type.js';

@InputType({ description: 'A new API client.' })
export class CreateApiClientInput extends CreatingInput implements CreateApiClient {
  @Field(() => ID, { description: 'The organisation it asks for.' })
  organization: string;

  @Field(() => String, { description: 'What it is for, 1 to 200 characters.' })
  name: string;

  @Field(() => [String], {
    description:
      'What it may, of people:read, spaces:read, ideas:read, ideas:write, conversations:read and conversations:write; for clients of the host that are not limited to spaces administrators can add records:import and records:export.',
  })
  scopes: string[];

  @Field(() => [ID], {
    nullable: true,
    description:
      'The only spaces it may enter, 1 to 100, open ones or of its organisation, private ones among them; when left out all that are open to its organisation, which only administrators may give.',
  })
  spaces?: string[] | null;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'A future instant from which it is worth nothing; never when left out.',
  })
  expiresAt?: Date | null;
}

@ObjectType({ description: 'What createApiClient did.' })
export class CreateApiClientPayload extends MutationPayload {
  @Field(() => ApiClientType, { nullable: true, description: 'The new client; null when there are errors.' })
  apiClient: ApiClient | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The text to send as "authorization: Bearer ...". It is shown this once: null when the same call is repeated.',
  })
  token: string | null;
}

@InputType({ description: 'Which API client gets another token.' })
export class RotateApiClientInput extends CreatingInput implements RotateApiClient {
  @Field(() => ID, { description: 'Id of the client.' })
  apiClient: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'For how many minutes the token before stays good beside the new one, 0 to 10,080 (a week).',
  })
  overlapMinutes: number;
}

@ObjectType({ description: 'What rotateApiClient did.' })
export class RotateApiClientPayload extends MutationPayload {
  @Field(() => ApiClientType, { nullable: true, description: 'The client; null when there are errors.' })
  apiClient: ApiClient | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new token. It is shown this once: null when the same call is repeated.',
  })
  token: string | null;
}

@InputType({ description: 'Which API client to revoke.' })
export class RevokeApiClientInput extends CreatingInput implements RevokeApiClient {
  @Field(() => ID, { description: 'Id of the client.' })
  apiClient: string;
}

@ObjectType({ description: 'What revokeApiClient did.' })
export class RevokeApiClientPayload extends MutationPayload {
  @Field(() => ApiClientType, { nullable: true, description: 'The revoked client; null when there are errors.' })
  apiClient: ApiClient | null;
}
