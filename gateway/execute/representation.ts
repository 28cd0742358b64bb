/**
 * Builds the `representations` of an entity fetch: the type and the key fields of each object, as the plan requires
 * them. What a type needs is worked out when the type is first met and then kept.
 */
import type { RequiredField, RequiredSelection } from '#gateway/plan/query-plan.js';
import { mergeAnswer } from './merge-answer.js';
import { ownValue } from './own-value.js';
import { remember } from './remember.js';
import { isResponseObject } from './response-object.js';
import type { TypeMatches } from './response-path.js';
import type { ResponseObject } from './subgraph-transport.js';

export interface Representations {
  /** Distinct representations, in the order in which they were met. */
  readonly list: ResponseObject[];
  /** For each object, the place of its representation in `list`, or -1 when its key is not known. */
  readonly indexOf: Int32Array;
}

/** One fragment of the requirement that applies to a type. All of its fields must be there for it to count. */
interface RequiredFields {
  readonly fields: readonly Required[];
}

interface Required {
  readonly key: string;
  readonly children: readonly RequiredSelection[] | undefined;
}

interface TypeRequirement {
  readonly fragments: readonly RequiredFields[];
  /** Set when the representation is just a type and one scalar: then that scalar tells two objects apart. */
  readonly onlyKey: string | undefined;
}

export class RepresentationBuilder {
  readonly #selections: readonly RequiredSelection[];
  readonly #typeMatches: TypeMatches;
  readonly #byType = new Map<string, TypeRequirement>();

  constructor(selections: readonly RequiredSelection[], typeMatches: TypeMatches) {
    this.#selections = selections;
    this.#typeMatches = typeMatches;
  }

  /** Objects with the same representation are asked for once. */
  build(objects: readonly ResponseObject[]): Representations {
    const list: ResponseObject[] = [];
    const indexOf = new Int32Array(objects.length).fill(-1);
    const seen = new Map<string, Map<unknown, number>>();
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i];
      if (object) indexOf[i] = this.#indexOf(object, list, seen);
    }
    return { list, indexOf };
  }

  #indexOf(object: ResponseObject, list: ResponseObject[], seen: Map<string, Map<unknown, number>>): number {
    const typename = object.__typename;
    if (typeof typename !== 'string') return -1;
    const requirement = this.#requirementOf(typename);
    const known = remember(seen, typename, () => new Map<unknown, number>());
    const scalar = requirement.onlyKey === undefined ? undefined : object[requirement.onlyKey];
    if (typeof scalar === 'string') {
      const index = known.get(scalar);
      if (index !== undefined) return index;
    }
    const representation = this.#represent(object, requirement);
    if (!representation) return -1;
    const identity = typeof scalar === 'string' ? scalar : JSON.stringify(Object.entries(representation));
    const index = known.get(identity) ?? list.push(representation) - 1;
    known.set(identity, index);
    return index;
  }

  #requirementOf(typename: string): TypeRequirement {
    return remember(this.#byType, typename, () => this.#requirementOfType(typename));
  }

  #requirementOfType(typename: string): TypeRequirement {
    const fragments = this.#fragmentsFor(typename, this.#selections);
    return { fragments, onlyKey: onlyScalarKey(fragments) };
  }

  /** The fields of a selection and of every fragment in it that applies, each fragment for itself. */
  #fragmentsFor(typename: unknown, selections: readonly RequiredSelection[]): RequiredFields[] {
    const fields = selections.filter(isField).map(requiredField);
    const nested = selections.flatMap((selection) => {
      if (selection.kind === 'Field' || !this.#applies(typename, selection.typeCondition)) return [];
      return this.#fragmentsFor(typename, selection.selections);
    });
    return fields.length > 0 ? [{ fields }, ...nested] : nested;
  }

  #applies(typename: unknown, condition: string | undefined): boolean {
    return condition === undefined || (typeof typename === 'string' && this.#typeMatches(typename, condition));
  }

  #represent(object: ResponseObject, { fragments }: TypeRequirement): ResponseObject | undefined {
    const representation: ResponseObject = {};
    for (const { fields } of fragments) {
      const part = this.#pick(object, fields);
      if (part) mergeAnswer(representation, part);
    }
    return representation.__typename === undefined ? undefined : representation;
  }

  #pick(object: ResponseObject, fields: readonly Required[]): ResponseObject | undefined {
    const picked: ResponseObject = {};
    for (const { key, children } of fields) {
      const value = ownValue(object, key);
      if (value === undefined) return undefined;
      picked[key] = children ? this.#pickNested(value, children) : value;
    }
    return picked;
  }

  #pickNested(value: unknown, selections: readonly RequiredSelection[]): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#pickNested(item, selections));
    if (!isResponseObject(value)) return null;
    const picked: ResponseObject = {};
    for (const { fields } of this.#fragmentsFor(value.__typename, selections)) {
      const part = this.#pick(value, fields);
      if (!part) return null;
      mergeAnswer(picked, part);
    }
    return picked;
  }
}

function isField(selection: RequiredSelection): selection is RequiredField {
  return selection.kind === 'Field';
}

function requiredField({ alias, name, selections }: RequiredField): Required {
  return { key: alias ?? name, children: selections };
}

function onlyScalarKey(fragments: readonly RequiredFields[]): string | undefined {
  const fields = fragments.flatMap((fragment) => fragment.fields).filter(({ key }) => key !== '__typename');
  const [first] = fields;
  return first && fields.every(({ key, children }) => key === first.key && !children) ? first.key : undefined;
}
