import type { z } from 'zod';
import { isJsonObject } from './json-object.js';

/** Where a record is wrong (`authors[2]`, `perspectives.region`) and what is wrong there, in words that help to mend it. */
export interface RecordProblem {
  field: string;
  reason: string;
}

type Issue = z.core.$ZodIssue;

/** One problem a record: an unknown field first, because a mistyped name also explains the field that is missing. */
export function explainIssues(issues: readonly Issue[], value: unknown, fields: readonly string[]): RecordProblem {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) return explainUnknownField(unknown.keys, fields);
  const [issue] = issues;
  if (issue === undefined) return { field: 'record', reason: 'is not valid' };
  return { field: fieldOf(issue.path), reason: explainIssue(issue, valueAt(value, issue.path)) };
}

/** The known word that the written one is most likely a mistyping of, if one is near enough. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  if (written.length > 40) return undefined;
  const ranked = known
    .map((word) => ({ word, distance: editDistance(written.toLowerCase(), word.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

function explainUnknownField(keys: readonly string[], fields: readonly string[]): RecordProblem {
  const field = (keys[0] ?? '').slice(0, 100);
  const guess = nearest(field, fields);
  const help = guess === undefined ? `known fields: ${fields.join(', ')}` : `did you mean "${guess}"?`;
  return { field, reason: `unknown field "${field}"; ${help}` };
}

function explainIssue(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return explainType(issue.expected, value);
    case 'invalid_value':
      return explainChoice(issue.values, value);
    case 'too_small':
      return issue.origin === 'array' ? 'must name at least one' : `must be greater than ${issue.minimum}`;
    case 'too_big':
      return Array.isArray(value)
        ? `has ${count(value.length)} entries; at most ${count(issue.maximum)} are allowed`
        : `must be at most ${count(issue.maximum)}`;
    case 'invalid_key':
      return `has a key that cannot be used: it ${issue.issues[0]?.message ?? 'is not valid'}`;
    default:
      return issue.message;
  }
}

function explainType(expected: string, value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is null; leave the field out when there is no value';
  if (typeof value === 'number' && expected === 'number') return 'must be a finite number';
  return `must be ${shapeNames[expected] ?? expected}, not ${shapeNames[shapeOf(value)] ?? 'something else'}`;
}

function explainChoice(choices: readonly unknown[], value: unknown): string {
  const allowed = `must be one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
  if (value === undefined) return `is missing; it ${allowed}`;
  return `${allowed}, not ${JSON.stringify(value).slice(0, 100)}`;
}

function shapeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

const shapeNames: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function count(value: number | bigint): string {
  return value.toLocaleString('en');
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, depth) => (typeof step === 'number' ? `[${step}]` : `${depth > 0 ? '.' : ''}${String(step)}`))
    .join('');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((found, step) => {
    if (Array.isArray(found)) return found[Number(step)];
    return isJsonObject(found) ? found[String(step)] : undefined;
  }, value);
}

/** Edit distance in which two swapped neighbours count as one slip, the commonest one of all: `titel`, `idae`. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 0; i < left.length; i += 1) {
    const row = [i + 1];
    for (let j = 0; j < right.length; j += 1) {
      const replaced = (last[j] ?? 0) + (left[i] === right[j] ? 0 : 1);
      const swapped = left[i] === right[j - 1] && left[i - 1] === right[j] ? (beforeLast[j - 1] ?? 0) + 1 : replaced;
      row.push(Math.min(replaced, swapped, (last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return last[right.length] ?? 0;
}
