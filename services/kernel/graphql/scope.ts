import { type DirectiveNode, type GraphQLSchema, isObjectType, Kind, type TypeDefinitionNode } from 'graphql';
import { Directive } from 'type-graphql';
import { isScope, type Scope } from '../auth/scopes.js';

/**
 * The scope a field needs, or every field of a type. Above `@Query`, `@Mutation` and `@Subscription` always; above `@ObjectType` for
 * what has an id; above a field that a service adds to a type of another one.
 */
export const NeedsScope = (scope: Scope) => Directive(`@scope(needs: "${scope}")`);

/** Composed into the supergraph, so that the gateway can refuse before it asks anybody. */
export const scopeDirective = `
  extend schema
    @link(url: "https://weft.local/scope/v1.0", import: ["@scope"])
    @composeDirective(name: "@scope")
  directive @scope(needs: String!) on FIELD_DEFINITION | OBJECT\n`;

/** Which scopes the types and fields of a schema name. */
export interface DeclaredScopes {
  ofType(type: string): Scope | undefined;
  ofField(type: string, field: string): Scope | undefined;
}

/** Reads them from the definitions a schema was made of. */
export function declaredScopes(schema: GraphQLSchema): DeclaredScopes {
  const types = new Map<string, Scope>();
  const fields = new Map<string, Scope>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const parts = [type.astNode, ...type.extensionASTNodes].filter((part) => part !== null && part !== undefined);
    const scope = scopeOf(parts.flatMap(({ directives }) => directives ?? []));
    if (scope) types.set(type.name, scope);
    for (const field of parts.flatMap((part) => part.fields ?? [])) {
      const own = scopeOf(field.directives ?? []);
      if (own) fields.set(`${type.name}.${field.name.value}`, own);
    }
  }
  return {
    // A page of things, and a place in it, need what the things need: a total tells of them as well.
    ofType: (type) => types.get(type) ?? types.get(type.replace(/(Search)?(Connection|Edge)$/, '')),
    ofField: (type, field) => fields.get(`${type}.${field}`),
  };
}

/** Says in the description of a field which scope it needs: descriptions are what clients can read of a schema. */
export function describeScope<Definition extends TypeDefinitionNode>(definition: Definition): Definition {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const scope = scopeOf(definition.directives ?? []);
  const fields = definition.fields?.map((field) => {
    const own = scopeOf(field.directives ?? []);
    return own ? { ...field, description: withScope(field.description?.value, `Needs the scope ${own}.`) } : field;
  });
  const description = scope && withScope(definition.description?.value, `Its fields need the scope ${scope}.`);
  return { ...definition, ...(description ? { description } : {}), ...(fields ? { fields } : {}) };
}

function withScope(description: string | undefined, sentence: string) {
  return { kind: Kind.STRING, value: description ? `${description} ${sentence}` : sentence } as const;
}

function scopeOf(directives: readonly DirectiveNode[]): Scope | undefined {
  const value = directives.find(({ name }) => name.value === 'scope')?.arguments?.[0]?.value;
  if (value?.kind !== Kind.STRING) return undefined;
  if (isScope(value.value)) return value.value;
  throw new Error(`There is no scope "${value.value}"; those there are stand in services/kernel/auth/scopes.ts.`);
}
