import { requestError } from '../errors/request-error.js';

export const defaultPageSize = 25;
export const maxPageSize = 100;

/** The arguments of every connection, as the Relay specification names them. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface Page {
  readonly size: number;
  /** True for `last`: the page is read from the end. */
  readonly backward: boolean;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

export function readPage({ first, after, last, before }: PageArguments): Page {
  if (isGiven(first) && isGiven(last)) throw requestError('BAD_PAGE', 'Ask for "first" or for "last", not for both.');
  const backward = isGiven(last);
  const size = (backward ? last : first) ?? defaultPageSize;
  if (size < 0 || size > maxPageSize) {
    throw requestError(
      'BAD_PAGE',
      `A page has 0 to ${maxPageSize} entries, you asked for ${size}; fetch more with "after: endCursor".`,
    );
  }
  return { size, backward, after: after ?? undefined, before: before ?? undefined };
}

function isGiven(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
