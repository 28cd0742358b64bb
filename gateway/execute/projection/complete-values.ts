/** The walk itself: objects, lists and nulls. A null in a non-null place travels up to the nearest nullable one. */
import { ownValue } from '#gateway/execute/own-value.js';
import type { ResponseObject } from '#gateway/execute/subgraph-transport.js';
import type { Complete, FieldShape, ObjectShape, Shaping } from './response-shape.js';

export function completeObject(source: ResponseObject, shape: ObjectShape, shaping: Shaping): ResponseObject | null {
  const { fields } = shape;
  const { path } = shaping;
  const result: ResponseObject = {};
  for (const field of fields) {
    const { key, clientKey } = field;
    if (field.constant !== undefined) {
      result[clientKey] = field.constant;
      continue;
    }
    const value = field.inherited ? ownValue(source, key) : source[key];
    if (typeof value === field.passes) {
      result[clientKey] = value;
      continue;
    }
    path.push(clientKey);
    const completed = completeField(value, field, source, shaping);
    path.pop();
    if (completed === null && field.nonNull) return null;
    result[clientKey] = completed;
  }
  return result;
}

function completeField(value: unknown, field: FieldShape, source: object, shaping: Shaping): unknown {
  if (value !== undefined && value !== null) return field.complete(value, shaping);
  if (field.nonNull) shaping.missing(source, field.coordinate);
  return null;
}

export interface ListItem {
  readonly nonNull: boolean;
  readonly passes: string;
  readonly coordinate: string;
  readonly complete: Complete;
}

export function completeList(item: ListItem): Complete {
  return (list, shaping) => {
    if (!Array.isArray(list)) {
      shaping.invalid(item.coordinate, 'a list');
      return null;
    }
    const { path } = shaping;
    const result: unknown[] = new Array(list.length);
    for (let i = 0; i < list.length; i++) {
      const value: unknown = list[i];
      if (typeof value === item.passes) {
        result[i] = value;
        continue;
      }
      path.push(i);
      const completed = completeItem(value, item, list, shaping);
      path.pop();
      if (completed === null && item.nonNull) return null;
      result[i] = completed;
    }
    return result;
  };
}

function completeItem(value: unknown, item: ListItem, list: object, shaping: Shaping): unknown {
  if (value !== undefined && value !== null) return item.complete(value, shaping);
  if (item.nonNull) shaping.missing(list, item.coordinate);
  return null;
}
