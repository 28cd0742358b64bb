/**
 * A path of a plan, such as `ideas.@.author`, compiled to find the objects it leads to. Finding objects is the hot path
 * and keeps no positions; `locate` walks again and does, and is only used once an error needs its place.
 */
import type { ResponsePathKeys } from './explained-paths.js';
import { ownValue } from './own-value.js';
import { remember } from './remember.js';
import type { ResponseObject } from './subgraph-transport.js';

export type TypeMatches = (typename: string, condition: string) => boolean;

export interface LocatedObject {
  readonly object: ResponseObject;
  readonly path: ResponsePathKeys;
  /** The objects above it, from the root down; lists do not count. */
  readonly ancestors: readonly ResponseObject[];
}

interface Segment {
  /** The key to read, or undefined to stay where we are. */
  readonly key: string | undefined;
  readonly eachItem: boolean;
  readonly accepts: ((object: ResponseObject) => boolean) | undefined;
}

export class ResponsePath {
  readonly #segments: readonly Segment[];
  readonly hasTypeConditions: boolean;

  constructor(path: readonly (string | number)[], typeMatches: TypeMatches) {
    this.#segments = path.map((element) => compileSegment(String(element), typeMatches));
    this.hasTypeConditions = this.#segments.some((segment) => segment.accepts !== undefined);
  }

  collect(root: ResponseObject): ResponseObject[] {
    const found: ResponseObject[] = [];
    collect(root, this.#segments, 0, found);
    return found;
  }

  locate(root: ResponseObject): LocatedObject[] {
    const found: LocatedObject[] = [];
    locate(root, this.#segments, 0, { path: [], ancestors: [] }, found);
    return found;
  }
}

function compileSegment(element: string, typeMatches: TypeMatches): Segment {
  const conditionStart = element.indexOf('|[');
  const name = conditionStart < 0 ? element : element.slice(0, conditionStart);
  const types = conditionStart < 0 ? undefined : element.slice(conditionStart + 2, -1).split(',');
  return {
    key: name === '' || name === '@' ? undefined : name,
    eachItem: name === '@',
    accepts: types && acceptTypes(types, typeMatches),
  };
}

/** An object of an `@interfaceObject` still carries the interface's name; it may turn out to be any of the types. */
function acceptTypes(types: readonly string[], typeMatches: TypeMatches): (object: ResponseObject) => boolean {
  const verdicts = new Map<string, boolean>(types.map((type) => [type, true]));
  return ({ __typename: typename }) => {
    if (typeof typename !== 'string') return true;
    return remember(verdicts, typename, () => types.some((type) => typeMatches(type, typename)));
  };
}

function collect(value: unknown, segments: readonly Segment[], depth: number, found: ResponseObject[]): void {
  if (!isObject(value)) return;
  const segment = segments[depth];
  if (!segment) {
    found.push(value);
    return;
  }
  if (segment.eachItem) {
    if (!Array.isArray(value)) return;
    for (let i = 0; i < value.length; i++) step(value[i], segment, segments, depth, found);
    return;
  }
  const next = segment.key === undefined ? value : ownValue(value, segment.key);
  step(next, segment, segments, depth, found);
}

function step(
  value: unknown,
  segment: Segment,
  segments: readonly Segment[],
  depth: number,
  found: ResponseObject[],
): void {
  if (segment.accepts && isObject(value) && !segment.accepts(value)) return;
  collect(value, segments, depth + 1, found);
}

function locate(
  value: unknown,
  segments: readonly Segment[],
  depth: number,
  place: Place,
  found: LocatedObject[],
): void {
  if (!isObject(value)) return;
  const segment = segments[depth];
  if (!segment) {
    found.push({ object: value, ...place });
    return;
  }
  for (const [key, next] of nextValues(value, segment)) {
    if (segment.accepts && isObject(next) && !segment.accepts(next)) continue;
    locate(next, segments, depth + 1, placeBelow(place, value, key), found);
  }
}

type Place = Pick<LocatedObject, 'path' | 'ancestors'>;

function placeBelow(place: Place, object: ResponseObject, key: string | number | undefined): Place {
  if (key === undefined) return place;
  const ancestors = typeof key === 'string' ? [...place.ancestors, object] : place.ancestors;
  return { path: [...place.path, key], ancestors };
}

function nextValues(value: ResponseObject, segment: Segment): [string | number | undefined, unknown][] {
  if (segment.eachItem) return Array.isArray(value) ? value.map((item, index) => [index, item]) : [];
  if (segment.key === undefined) return [[undefined, value]];
  return [[segment.key, ownValue(value, segment.key)]];
}

function isObject(value: unknown): value is ResponseObject {
  return typeof value === 'object' && value !== null;
}
