/**
 * type-graphql calls a resolver by way of its parameters' decorators: it makes a row an instance of its class, sorts the parameters
 * and awaits each argument, for every row again. Rows are what resolvers want, and most take no more than a row, the context and
 * plain arguments: those are called directly, and plain properties are read without a call.
 */
import type { GraphQLFieldResolver } from 'graphql';
import { type ClassType, getMetadataStorage } from 'type-graphql';

/** What we read of the metadata; the package exports the storage, but not the types of what is in it. */
type Storage = ReturnType<typeof getMetadataStorage>;
type FieldMethod = Storage['fieldResolvers'][number];
type Parameter = NonNullable<FieldMethod['params']>[number];

type Arguments = Readonly<Record<string, unknown>>;
type Give = (row: unknown, args: Arguments, context: unknown) => unknown;

/** Before a schema is built: what is not computed is a property of the row under the name of its field. */
export function readPropertiesPlainly(): void {
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
}

/** After it: a field of another name would silently be empty. */
export function checkPropertyNames(): void {
  for (const type of getMetadataStorage().objectTypes) {
    const renamed = type.fields?.find(({ name, schemaName }) => name !== schemaName);
    if (!renamed) continue;
    const field = `${type.name}.${renamed.schemaName}`;
    throw new Error(`The property "${renamed.name}" of ${field} has another name than its field. Give both the same.`);
  }
}

/** Of the methods of these classes those that can be called directly, by type and field. */
export function directResolvers(
  classes: readonly ClassType[],
): Record<string, Record<string, GraphQLFieldResolver<unknown, unknown>>> {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const found: Record<string, Record<string, GraphQLFieldResolver<unknown, unknown>>> = {};
  for (const method of fieldResolvers) {
    if (method.kind !== 'external' || !classes.some((each) => each === method.target)) continue;
    const type = objectTypes.find(({ target }) => target === method.getObjectType?.());
    const resolve = type && directResolver(method);
    if (resolve) found[type.name] = { ...found[type.name], [method.schemaName]: resolve };
  }
  return found;
}

const instances = new WeakMap<object, object>();

/** Undefined for a method that type-graphql has to prepare something for. */
function directResolver(method: FieldMethod): GraphQLFieldResolver<unknown, unknown> | undefined {
  const { target, methodName, middlewares = [], params = [], roles } = method;
  const gives = [...params].sort((a, b) => a.index - b.index).map(giveOf);
  if (middlewares.length > 0 || roles || !gives.every((give) => give !== undefined)) return undefined;
  const instance: object = instances.get(target) ?? Reflect.construct(target, []);
  instances.set(target, instance);
  const call: unknown = Reflect.get(instance, methodName);
  if (typeof call !== 'function') return undefined;
  return (row, args, context) =>
    call.apply(
      instance,
      gives.map((give) => give(row, args, context)),
    );
}

function giveOf(parameter: Parameter): Give | undefined {
  switch (parameter.kind) {
    case 'root':
      return parameter.propertyName === undefined ? (row) => row : undefined;
    case 'context':
      return parameter.propertyName === undefined ? (_row, _args, context) => context : undefined;
    case 'arg':
      return parameter.validateFn || isInput(parameter.getType()) ? undefined : (_row, args) => args[parameter.name];
    case 'args':
      return parameter.validateFn ? undefined : givePlainArguments(parameter.getType());
    default:
      return undefined;
  }
}

function givePlainArguments(type: unknown): Give | undefined {
  const declared = getMetadataStorage().argumentTypes.find(({ target }) => target === type);
  const names = declared?.fields?.map(({ name }) => name) ?? [];
  const isPlain = declared && Object.getPrototypeOf(declared.target) === Function.prototype;
  if (!isPlain || declared.fields?.some((field) => isInput(field.getType()))) return undefined;
  return (_row, args) => Object.fromEntries(names.map((name) => [name, args[name]]));
}

/** Objects that clients send become instances of their classes. */
function isInput(type: unknown): boolean {
  return getMetadataStorage().inputTypes.some(({ target }) => target === type);
}
