/**
 * Reading a key that came from a client. Aliases such as `constructor` are legal in GraphQL and every JSON object
 * inherits a value for them; without this check a missing field would answer a function.
 */
import type { ResponseObject } from './subgraph-transport.js';

export function ownValue(object: ResponseObject, key: string): unknown {
  const value = object[key];
  return typeof value === 'function' && !Object.hasOwn(object, key) ? undefined : value;
}
