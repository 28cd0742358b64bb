import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** A refusal with what Apollo Server takes for the status and headers of the response; without, it would make a fault of ours of it. */
export function refusalOverHttp(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || error.extensions.http) return error;
  const seconds = error.extensions.retryAfterSeconds;
  const http =
    error.extensions.code === 'RATE_LIMITED'
      ? { status: 429, headers: new HeaderMap([['retry-after', String(seconds)]]) }
      : { status: 400 };
  const extensions: Record<string, unknown> = { ...error.extensions, http };
  return new GraphQLError(error.message, { extensions });
}
