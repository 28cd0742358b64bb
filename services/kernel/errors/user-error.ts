/** What a caller can expect and mend. It ends in the payload of the mutation: `errors { code message path }`. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    readonly code: UserErrorCode,
    message: string,
    /** Where in the arguments the cause is, for example `['input', 'title']`. */
    readonly path: readonly string[] = ['input'],
  ) {
    super(message);
  }
}

export type UserErrorCode =
  | 'NOT_FOUND'
  | 'INVALID'
  | 'TAKEN'
  | 'CLOSED'
  | 'STALE_REVISION'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'REVOKED'
  | 'EXPIRED'
  | 'ALREADY_ACCEPTED'
  | 'DECLINED'
  | 'LAST_OWNER';

/** Something named in the input does not exist, or does not exist for this viewer: the two are never told apart. */
export function notFound(noun: string, id: string, ...path: string[]): UserError {
  return new UserError('NOT_FOUND', `No ${noun} with the id "${id}" that you may see.`, ['input', ...path]);
}

export function invalid(message: string, ...path: string[]): UserError {
  return new UserError('INVALID', message, ['input', ...path]);
}
