import { type Condition, condition } from '#kernel/connections/condition.js';
import { requestError } from '#kernel/errors/request-error.js';

const maxLength = 300;

/** Upper and lower case alike; a trigram index finds it. `%` and `_` mean themselves. */
export function nameContains(alias: string, text: string): Condition {
  if (text.length > maxLength) {
    throw requestError('BAD_INPUT', `"nameContains" has at most ${maxLength} characters; this one has ${text.length}.`);
  }
  return condition(`${alias}.name ILIKE ?`, `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
}

export const nameContainsDescription =
  'Only those with this text in the name, upper and lower case alike; up to 300 characters.';
