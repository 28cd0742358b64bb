import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { IssueClientToken, IssuedClientToken } from './client-token.js';

@Directive('@inaccessible')
@InputType({ description: 'Which client asks for a token; from the gateway.' })
export class IssueClientTokenInput implements IssueClientToken {
  @Field(() => ID, { description: 'The client it says it is.' })
  client: string;

  @Field(() => String, { description: 'SHA-256 of its secret in hexadecimal.' })
  secretHash: string;

  @Field(() => [String], { nullable: true, description: 'The scopes it wants; all of its own when left out.' })
  scopes?: string[] | null;
}

@Directive('@inaccessible')
@ObjectType('IssuedClientToken', {
  description: 'A short-lived token of a client, or why there is none; for the gateway.',
})
export class IssuedClientTokenType implements Pick<IssuedClientToken, 'token' | 'expiresInSeconds'> {
  @Field(() => String, { nullable: true, description: 'The token; null when refused.' })
  token: string | null;

  @Field(() => [String], { description: 'The scopes it has.' })
  scopes: string[];

  @Field(() => Int, { description: 'Seconds until it is worth nothing.' })
  expiresInSeconds: number;

  @Field(() => String, { nullable: true, description: 'invalid_client or invalid_scope; null when there is a token.' })
  refusal: string | null;
}
