import { GraphQLError } from 'graphql';

export interface ExceededLimit {
  /** Its name, as `docs/api/limits.md` lists it. */
  readonly limit: string;
  /** What was found: for what is counted only up to the limit, the first value above it. */
  readonly value: number;
  readonly maximum: number;
  /** What there is too much of, and what to do about it: two sentences without the numbers. */
  readonly what: string;
  readonly instead: string;
}

/** Every limit is told in the same way. Nothing was executed. */
export function limitExceeded({ limit, value, maximum, what, instead }: ExceededLimit): GraphQLError {
  // More than a number of JSON holds exactly is as good as that number: nobody comes close to it by mistake.
  const found = Math.min(value, Number.MAX_SAFE_INTEGER);
  return new GraphQLError(`${what}: ${found}, and at most ${maximum} are allowed. ${instead}`, {
    extensions: { code: 'LIMIT_EXCEEDED', limit, value: found, maximum },
  });
}
