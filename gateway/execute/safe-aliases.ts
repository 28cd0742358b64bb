/**
 * Keeps what a client calls its fields apart from what plans fetch on their own account. `id: email` would overwrite
 * the key that the next fetch needs, and answer wrong data without an error; so such a field is planned under a name of
 * our own and gets the client's name back in the response and in error paths.
 */
import { type DocumentNode, type FieldNode, GraphQLError, Kind, visit } from 'graphql';

export interface SafeDocument {
  readonly document: DocumentNode;
  /** The client's name for each key that was renamed. */
  readonly clientKeys: ReadonlyMap<string, string>;
}

const RENAMED = '__as_';

export function withSafeAliases(document: DocumentNode, reserved: ReadonlySet<string>): SafeDocument {
  const clientKeys = new Map<string, string>();
  const renamed = visit(document, {
    Field(field) {
      const key = (field.alias ?? field.name).value;
      refuseProto(key, field);
      // Introspection is answered from the client's own document.
      if (field.name.value === '__schema' || field.name.value === '__type') return false;
      if (!isUnsafe(key, field, reserved)) return undefined;
      const safe = key + RENAMED + field.name.value;
      clientKeys.set(safe, key);
      return { ...field, alias: { kind: Kind.NAME, value: safe } };
    },
  });
  return { document: clientKeys.size > 0 ? renamed : document, clientKeys };
}

/** A field with arguments is unsafe even under its own name: plans need it as it is without them. */
function isUnsafe(key: string, { name, arguments: args }: FieldNode, reserved: ReadonlySet<string>): boolean {
  if (key === name.value) return reserved.has(key) && args !== undefined && args.length > 0;
  return key.startsWith('__') || key.includes(RENAMED) || reserved.has(key);
}

/** It is no ordinary key of a JavaScript object, in no part of this gateway. */
function refuseProto(key: string, field: FieldNode): void {
  if (key !== '__proto__') return;
  const message = '"__proto__" cannot be used as an alias. Choose another one.';
  throw new GraphQLError(message, { nodes: field, extensions: { code: 'BAD_USER_INPUT' } });
}
