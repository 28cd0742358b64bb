/**
 * An entity fetch with contextual arguments (`@fromContext`): the arguments come from objects above each entity. An
 * argument is a variable of the whole call, so entities with different values are asked for in different calls.
 */
import type { KeyRenamer } from '#gateway/plan/query-plan.js';
import type { EntityFetch } from './entity-fetch.js';
import type { OperationRun } from './operation-run.js';
import { ownValue } from './own-value.js';
import { isResponseObject } from './response-object.js';
import type { LocatedObject, TypeMatches } from './response-path.js';
import type { ResponseObject } from './subgraph-transport.js';

interface Group {
  readonly variables: ResponseObject;
  readonly objects: ResponseObject[];
}

export class ContextualFetch {
  readonly #fetch: EntityFetch;
  readonly #typeMatches: TypeMatches;

  constructor(fetch: EntityFetch, typeMatches: TypeMatches) {
    this.#fetch = fetch;
    this.#typeMatches = typeMatches;
  }

  async run(run: OperationRun): Promise<void> {
    const groups = this.#group(this.#fetch.path.locate(run.data));
    await Promise.all(groups.map((group) => this.#runGroup(run, group)));
  }

  async #runGroup(run: OperationRun, { variables, objects }: Group): Promise<void> {
    const request = this.#fetch.gather(objects);
    if (request) await this.#fetch.runFor(run, request, { ...this.#fetch.variables(run), ...variables });
  }

  #group(places: readonly LocatedObject[]): Group[] {
    const groups = new Map<string, Group>();
    for (const place of places) {
      const variables = this.#variablesAt(place);
      const identity = JSON.stringify(variables);
      const group = groups.get(identity);
      if (group) group.objects.push(place.object);
      else groups.set(identity, { variables, objects: [place.object] });
    }
    return [...groups.values()];
  }

  /** Several renamers may set one variable, one for each type the object above may have. */
  #variablesAt(place: LocatedObject): ResponseObject {
    const variables: ResponseObject = {};
    for (const renamer of this.#fetch.node.contextRewrites ?? []) {
      const value = this.#valueAt(place, renamer);
      if (value !== undefined) variables[renamer.renameKeyTo] = value;
    }
    return variables;
  }

  #valueAt({ object, ancestors }: LocatedObject, { path }: KeyRenamer): unknown {
    const levels = path.filter((element) => element === '..').length;
    let value: unknown = levels === 0 ? object : ancestors[ancestors.length - levels];
    for (const element of path.slice(levels)) {
      if (!isResponseObject(value)) return undefined;
      value = element.startsWith('... on ') ? this.#narrow(value, element.slice(7)) : ownValue(value, element);
    }
    return value;
  }

  #narrow(object: ResponseObject, condition: string): ResponseObject | undefined {
    const typename = object.__typename;
    return typeof typename !== 'string' || this.#typeMatches(typename, condition) ? object : undefined;
  }
}
