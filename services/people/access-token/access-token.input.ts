import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { AccessToken } from './access-token.entity.js';
import type { IssueAccessToken, RevokeAccessToken, RotateAccessToken } from './access-token.js';
import { AccessTokenType } from './access-token.type.js';

@InputType({ description: 'A new access token.' })
export class IssueAccessTokenInput extends CreatingInput implements IssueAccessToken {
  @Field(() => String, { description: 'What it is for, 1 to 200 characters.' })
  name: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Whom it speaks for; you when left out. Only administrators name somebody else.',
  })
  person?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Scopes to limit it to, of those you have yourself; all you have when left out. Query.scopes lists them.',
  })
  scopes?: string[] | null;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'A future instant from which it is worth nothing; never when left out.',
  })
  expiresAt?: Date | null;
}

@ObjectType({ description: 'What issueAccessToken did.' })
export class IssueAccessTokenPayload extends MutationPayload {
  @Field(() => AccessTokenType, {
    nullable: true,
    description: 'The new token without its text; null when there are errors.',
  })
  accessToken: AccessToken | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The text to send as "authorization: Bearer ...". It is shown this once: null when the same call is repeated.',
  })
  token: string | null;
}

@InputType({ description: 'Which access token to revoke.' })
export class RevokeAccessTokenInput extends CreatingInput implements RevokeAccessToken {
  @Field(() => ID, { description: "Id of the token: one of yours, or anybody's for administrators." })
  accessToken: string;
}

@ObjectType({ description: 'What revokeAccessToken did.' })
export class RevokeAccessTokenPayload extends MutationPayload {
  @Field(() => AccessTokenType, { nullable: true, description: 'The revoked token; null when there are errors.' })
  accessToken: AccessToken | null;
}

@InputType({ description: 'Which access token gets another text.' })
export class RotateAccessTokenInput extends CreatingInput implements RotateAccessToken {
  @Field(() => ID, { description: "Id of the token: one of yours, or anybody's for administrators." })
  accessToken: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'For how many minutes the text before stays good beside the new one, 0 to 10,080 (a week).',
  })
  overlapMinutes: number;
}

@ObjectType({ description: 'What rotateAccessToken did.' })
export class RotateAccessTokenPayload extends MutationPayload {
  @Field(() => AccessTokenType, { nullable: true, description: 'The token; null when there are errors.' })
  accessToken: AccessToken | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new text. It is shown this once: null when the same call is repeated.',
  })
  token: string | null;
}
