import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';

/** A field that a service adds to a type of another one, as `Type.field`. */
export interface AddedField {
  readonly type: string;
  readonly field: string;
}

/** What services add to types of each other, read from what the composed schema says of where fields come from. */
export function addedFields(supergraph: DocumentNode): AddedField[] {
  return supergraph.definitions.flatMap((type) => (type.kind === Kind.OBJECT_TYPE_DEFINITION ? addedTo(type) : []));
}

/** A thing belongs to the service that gives it its id; whoever refers to it from elsewhere knows that as external, or not at all. */
function addedTo({ name, fields = [] }: ObjectTypeDefinitionNode): AddedField[] {
  const [owner] = servicesOf(fields.find((field) => field.name.value === 'id'));
  if (owner === undefined) return [];
  return fields
    .filter((field) => servicesOf(field).some((service) => service !== owner))
    .map((field) => ({ type: name.value, field: field.name.value }));
}

/** None for a field that every service of its type has: keys, and values that several share. */
function servicesOf(field: FieldDefinitionNode | undefined): string[] {
  return (field?.directives ?? [])
    .filter(({ name }) => name.value === 'join__field')
    .map(argumentsOf)
    .filter(({ external }) => external !== true)
    .flatMap(({ graph }) => (typeof graph === 'string' ? graph : []));
}

function argumentsOf(directive: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}
