/**
 * Makes random valid queries for any schema from a seed, so that a failure can be repeated: nesting, aliases, arguments,
 * variables, named and inline fragments, `@skip` and `@include`. Candidates that break a validation rule (mostly: fields
 * that cannot be merged) are thrown away and the next one is drawn.
 */
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
} from 'graphql';
import { type RandomSource, seededRandom } from './seeded-random.js';

export interface RandomOperation {
  readonly source: string;
  readonly variables: { readonly [name: string]: unknown };
}

export interface RandomOperationOptions {
  readonly maxDepth?: number;
  /** Aliases to choose from; by default harmless ones. */
  readonly aliases?: readonly string[];
  /** Whether a field `Type.field` or an optional argument `Type.field(argument)` may be used; all may by default. */
  readonly allows?: (coordinate: string) => boolean;
  /** A JSON value for an argument, or undefined to let the generator choose. `coordinate` is `Type.field(argument)`. */
  readonly valueFor?: (coordinate: string, type: GraphQLInputType, random: RandomSource) => unknown;
}

/** The same schema, seed and options give the same operation on every machine. */
export function randomOperation(
  schema: GraphQLSchema,
  seed: number,
  options: RandomOperationOptions = {},
): RandomOperation {
  for (let attempt = 0; attempt < 200; attempt++) {
    const operation = new OperationWriter(schema, seededRandom(seed * 1_000 + attempt), options).write();
    if (operation && validate(schema, parse(operation.source)).length === 0) return operation;
  }
  throw new Error(`No valid operation was found for seed ${seed}. Give values for the required arguments.`);
}

class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #random: RandomSource;
  readonly #options: RandomOperationOptions;
  readonly #maxDepth: number;
  readonly #variables = new Map<string, { readonly type: string; readonly value: unknown }>();
  readonly #fragments: string[] = [];

  constructor(schema: GraphQLSchema, random: RandomSource, options: RandomOperationOptions) {
    this.#schema = schema;
    this.#random = random;
    this.#options = options;
    this.#maxDepth = options.maxDepth ?? 4;
  }

  write(): RandomOperation | undefined {
    const query = this.#schema.getQueryType();
    if (!query) return undefined;
    const selections = this.#rootSelections(query);
    const definitions = [...this.#variables].map(([name, { type }]) => `$${name}: ${type}`).join(', ');
    const head = definitions ? `query Random(${definitions})` : 'query Random';
    const variables = Object.fromEntries([...this.#variables].map(([name, { value }]) => [name, value]));
    return { source: [`${head} ${selections}`, ...this.#fragments].join('\n'), variables };
  }

  #rootSelections(query: GraphQLObjectType): string {
    const names = Object.keys(query.getFields());
    const count = this.#random.between(1, 3);
    const fields = Array.from({ length: count }, () => this.#field(query, this.#random.pick(names), 0));
    return `{ ${fields.filter((field) => field !== '').join(' ') || '__typename'} }`;
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const count = this.#random.between(1, 4);
    const parts = Array.from({ length: count }, () => this.#selection(type, depth));
    const text = parts.filter((part) => part !== '').join(' ');
    return text ? `{ ${text} }` : this.#anyLeaf(type);
  }

  /** Something that may always be selected, for a selection that came out empty. */
  #anyLeaf(type: GraphQLCompositeType): string {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const leaf = fields.find((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument));
    return `{ ${leaf && !this.#allows(`${type.name}.__typename`) ? leaf.name : '__typename'} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const dice = this.#random.next();
    if (dice < 0.08) return this.#typename(type);
    if (isAbstractType(type) && dice < 0.6) return this.#onPossibleType(type, depth);
    if (dice < 0.14) return `...${this.#condition()} ${this.#selections(type, depth)}`;
    if (dice < 0.22) return this.#fragmentSpread(type, depth);
    if (!isObjectType(type) && !isInterfaceType(type)) return this.#typename(type);
    return this.#field(type, this.#random.pick(Object.keys(type.getFields())), depth);
  }

  #typename({ name }: GraphQLCompositeType): string {
    return this.#allows(`${name}.__typename`) ? `${this.#maybeAlias('typename')}__typename` : '';
  }

  #allows(coordinate: string): boolean {
    return this.#options.allows?.(coordinate) ?? true;
  }

  #onPossibleType(type: GraphQLCompositeType, depth: number): string {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [];
    const chosen = this.#random.pick(possible);
    const interfaces = chosen.getInterfaces();
    const condition = interfaces.length > 0 && this.#random.next() < 0.25 ? this.#random.pick(interfaces) : chosen;
    return `... on ${condition.name}${this.#condition()} ${this.#selections(condition, depth)}`;
  }

  #fragmentSpread(type: GraphQLCompositeType, depth: number): string {
    const name = `F${this.#fragments.length}`;
    const place = this.#fragments.push('') - 1;
    this.#fragments[place] = `fragment ${name} on ${type.name} ${this.#selections(type, depth)}`;
    return `...${name}${this.#condition()}`;
  }

  #field(parent: GraphQLCompositeType, name: string, depth: number): string {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return '';
    if (!this.#allows(`${parent.name}.${name}`)) return '';
    const field = parent.getFields()[name];
    const type = field && getNamedType(field.type);
    if (!field || (isCompositeType(type) && depth >= this.#maxDepth)) return '';
    const args = this.#arguments(parent, field);
    if (args === undefined) return '';
    const children = isCompositeType(type) ? ` ${this.#selections(type, depth + 1)}` : '';
    return `${this.#maybeAlias(name)}${name}${args}${this.#condition()}${children}`;
  }

  #maybeAlias(name: string): string {
    if (this.#random.next() >= 0.15) return '';
    return `${this.#random.pick(this.#options.aliases ?? ['a', 'b', `${name}2`])}: `;
  }

  /** Undefined when a required argument has no value we could invent. */
  #arguments(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): string | undefined {
    const texts: string[] = [];
    for (const argument of field.args) {
      const coordinate = `${parent.name}.${field.name}(${argument.name})`;
      if (!isRequiredArgument(argument) && (this.#random.next() < 0.5 || !this.#allows(coordinate))) continue;
      const text = this.#argument(coordinate, argument);
      if (text === undefined && isRequiredArgument(argument)) return undefined;
      if (text !== undefined) texts.push(text);
    }
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  }

  #argument(coordinate: string, argument: GraphQLArgument): string | undefined {
    const value = this.#options.valueFor?.(coordinate, argument.type, this.#random) ?? this.#valueOf(argument.type);
    if (value === undefined) return undefined;
    return `${argument.name}: $${this.#variable(String(argument.type), value)}`;
  }

  #valueOf(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.#valueOf(type.ofType);
    if (isListType(type)) {
      const item = this.#valueOf(type.ofType);
      return item === undefined ? undefined : [item];
    }
    if (isEnumType(type)) return this.#random.pick(type.getValues()).name;
    if (isInputObjectType(type)) return isEveryFieldOptional(type.getFields()) ? {} : undefined;
    return this.#scalar(type.name);
  }

  #scalar(name: string): unknown {
    if (name === 'Int') return this.#random.between(1, 5);
    if (name === 'Float') return this.#random.between(1, 50) / 10;
    if (name === 'Boolean') return this.#random.next() < 0.5;
    return name === 'String' || name === 'ID' ? `text${this.#random.between(1, 3)}` : undefined;
  }

  #condition(): string {
    const dice = this.#random.next();
    if (dice < 0.9) return '';
    const directive = this.#random.pick(['skip', 'include']);
    if (dice < 0.93) return ` @${directive}(if: ${this.#random.next() < 0.5})`;
    return ` @${directive}(if: $${this.#variable('Boolean!', this.#random.next() < 0.5)})`;
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#variables.size}`;
    this.#variables.set(name, { type, value });
    return name;
  }
}

function isEveryFieldOptional(fields: { readonly [name: string]: { readonly type: GraphQLInputType } }): boolean {
  return Object.values(fields).every(({ type }) => !isNonNullType(type));
}
