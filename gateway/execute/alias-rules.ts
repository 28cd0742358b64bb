/**
 * Two aliases are refused although GraphQL allows them. An object's type name steers how entities are fetched, so
 * `__typename: title` would mix up types; `__proto__` is no ordinary key of a JavaScript object.
 */
import { type DocumentNode, GraphQLError, visit } from 'graphql';

export function refuseUnsafeAliases(document: DocumentNode): void {
  visit(document, {
    Field(field) {
      const alias = field.alias?.value;
      if (alias !== '__proto__' && (alias !== '__typename' || field.name.value === '__typename')) return;
      const message = `"${alias}" cannot be used as an alias. Choose another one.`;
      throw new GraphQLError(message, { nodes: field, extensions: { code: 'BAD_USER_INPUT' } });
    },
  });
}
