import { z } from 'zod';
import { parseInstant } from './instant.js';
import { isJsonObject } from './json-object.js';

/** What the fields of hub records are made of. The limits keep one record small enough to be held, sent and indexed. */
export const REF_LENGTH = 200;
export const TITLE_LENGTH = 300;
export const BODY_LENGTH = 65_536;
export const LABEL_LENGTH = 200;
export const TAG_LENGTH = 100;
export const LIST_LENGTH = 1_000;
export const TAG_COUNT = 50;
export const PERSPECTIVE_COUNT = 50;

/** A finite ceiling, so that the sum over any number of interactions stays finite as well. */
export const INTERACTION_WEIGHT = 1_000_000;

export const ref = text(1, REF_LENGTH);
export const title = text(1, TITLE_LENGTH);
export const label = text(1, LABEL_LENGTH);
export const tag = text(1, TAG_LENGTH);

/** May be empty: other systems have messages that were only a picture, and dropping them would break their threads. */
export const body = text(0, BODY_LENGTH);

export const at = z.string().transform((value, context) => {
  const reading = parseInstant(value);
  if (reading.kind === 'instant') return reading.at;
  const reason =
    reading.kind === 'wrong' ? reading.reason : `"${value}" says that there is no date; give the real time`;
  context.addIssue({ code: 'custom', message: reason });
  return z.NEVER;
});

/** A list that means a set: naming something twice says no more than naming it once, so doubles are dropped. */
export function setOf(entry: typeof ref, limit: number, least = 0) {
  return z
    .array(entry)
    .min(least)
    .max(limit)
    .transform((entries) => (entries.length > 1 ? [...new Set(entries)] : entries));
}

/** z.record skips a key called `__proto__` without a word; here that would be data lost in silence. */
export const perspectives = z
  .custom((value) => !(isJsonObject(value) && Object.hasOwn(value, '__proto__')), {
    error: 'a dimension cannot be called "__proto__"',
  })
  .pipe(z.record(label, label))
  .refine((value) => Object.keys(value).length <= PERSPECTIVE_COUNT, {
    error: `has too many dimensions; at most ${PERSPECTIVE_COUNT} are allowed`,
  });

function text(least: number, limit: number) {
  return z.string().check((context) => {
    const problem = textProblem(context.value, least, limit);
    if (problem !== undefined) context.issues.push({ code: 'custom', message: problem, input: context.value });
  });
}

function textProblem(value: string, least: number, limit: number): string | undefined {
  if (value.length < least) return 'must not be empty';
  if (value.length > limit && characterCount(value) > limit) {
    return `is ${characterCount(value).toLocaleString('en')} characters long; at most ${limit.toLocaleString('en')} are allowed`;
  }
  if (value.includes('\0')) return 'contains the character U+0000, which the database cannot store; remove it';
  if (LONE_SURROGATE.test(value)) return 'contains half of a character (a lone surrogate); mend its encoding';
  return undefined;
}

/** Characters are code points, as PostgreSQL counts them, so an emoji is one and not two. */
function characterCount(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

/** In a regular expression with the `u` flag whole pairs are one character, so only halves are of this class. */
const LONE_SURROGATE = /\p{Surrogate}/u;
