/**
 * Joins what a subgraph answered into what is known already. Nearly every key is new, so nearly every step is one
 * assignment; only a value that two subgraphs both answered is merged deeper.
 */
import { isResponseObject } from './response-object.js';
import type { ResponseObject } from './subgraph-transport.js';

export function mergeAnswer(target: ResponseObject, answer: ResponseObject): void {
  for (const key in answer) {
    const value = answer[key];
    if (value === undefined || key === '__proto__') continue;
    const existing = target[key];
    if (existing === undefined) target[key] = value;
    else if (existing !== value) mergeKey(target, key, existing, value);
  }
}

/** A null never replaces a value: otherwise the result would depend on which of two subgraphs answers last. */
function mergeKey(target: ResponseObject, key: string, existing: unknown, value: unknown): void {
  if (typeof existing === 'function' && !Object.hasOwn(target, key)) target[key] = value;
  else if (typeof value !== 'object') target[key] = value;
  else if (value !== null && !mergeObjects(existing, value)) target[key] = value;
}

function mergeObjects(existing: unknown, value: object): boolean {
  if (Array.isArray(existing)) return Array.isArray(value) && mergeLists(existing, value);
  if (!isResponseObject(existing) || !isResponseObject(value)) return false;
  mergeAnswer(existing, value);
  return true;
}

/** Lists of different length do not describe the same items; the later one then stands as a whole. */
function mergeLists(existing: unknown[], value: readonly unknown[]): boolean {
  if (existing.length !== value.length) return false;
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    const isObject = typeof item === 'object' && item !== null;
    if (item !== null && !(isObject && mergeObjects(existing[i], item))) existing[i] = item;
  }
  return true;
}

export function copyOf<Value>(value: Value): Value;
export function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => copyOf(item));
  const copy: ResponseObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (key !== '__proto__') copy[key] = copyOf(item);
  }
  return copy;
}
