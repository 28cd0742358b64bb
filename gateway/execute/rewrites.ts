/**
 * The corrections a plan asks for: before a call on the representations (an interface object is asked for by the name
 * of its interface), after a call on the answer (fields that had to be aliased to be mergeable get their name back).
 */
import type { Rewrite } from '#gateway/plan/query-plan.js';
import { isResponseObject } from './response-object.js';
import type { TypeMatches } from './response-path.js';
import type { ResponseObject } from './subgraph-transport.js';

export type ApplyRewrites = (value: unknown) => void;

const TYPE_CONDITION = '... on ';

export function compileRewrites(
  rewrites: readonly Rewrite[] | undefined,
  typeMatches: TypeMatches,
): ApplyRewrites | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, typeMatches));
  return (value) => {
    for (const apply of compiled) apply(value);
  };
}

/** Names a subgraph uses for a field only because of a rewrite, with the name the client knows. */
export function renamedKeys(rewrites: readonly Rewrite[] | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const rewrite of rewrites ?? []) {
    const last = rewrite.path.at(-1);
    if (rewrite.kind === 'KeyRenamer' && last !== undefined) names.set(last, rewrite.renameKeyTo);
  }
  return names;
}

function compileRewrite(rewrite: Rewrite, typeMatches: TypeMatches): ApplyRewrites {
  const key = rewrite.path.at(-1);
  if (key === undefined) return () => {};
  let apply: ApplyRewrites = (value) => onEachObject(value, (object) => rewriteKey(object, key, rewrite));
  for (const element of rewrite.path.slice(0, -1).reverse()) apply = compileElement(element, apply, typeMatches);
  return apply;
}

function compileElement(element: string, next: ApplyRewrites, typeMatches: TypeMatches): ApplyRewrites {
  if (!element.startsWith(TYPE_CONDITION)) return (value) => onEachObject(value, (object) => next(object[element]));
  const condition = element.slice(TYPE_CONDITION.length);
  return (value) =>
    onEachObject(value, (object) => {
      const typename = object.__typename;
      if (typeof typename !== 'string' || typeMatches(typename, condition)) next(object);
    });
}

function rewriteKey(object: ResponseObject, key: string, rewrite: Rewrite): void {
  if (rewrite.kind === 'ValueSetter') {
    object[key] = rewrite.setValueTo;
    return;
  }
  const value = object[key];
  if (value === undefined) return;
  object[rewrite.renameKeyTo] = value;
  object[key] = undefined;
}

function onEachObject(value: unknown, visit: (object: ResponseObject) => void): void {
  if (Array.isArray(value)) for (const item of value) onEachObject(item, visit);
  else if (isResponseObject(value)) visit(value);
}
