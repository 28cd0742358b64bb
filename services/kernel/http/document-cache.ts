import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

/** The same few documents are sent again and again: each is parsed and validated once. */
export interface DocumentCache {
  parse(text: string): DocumentNode;
  validate(document: DocumentNode): readonly GraphQLError[];
}

const maxDocuments = 2_000;
/** Of all texts together: one may have millions, and strangers send as many as they like. */
const maxCharacters = 8 * 1024 * 1024;

export function documentCache(schema: GraphQLSchema): DocumentCache {
  const byText = new Map<string, DocumentNode>();
  let characters = 0;
  const validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    parse(text) {
      const known = byText.get(text);
      if (known) return known;
      const document = parse(text);
      characters += text.length;
      if (byText.size >= maxDocuments || characters > maxCharacters) {
        byText.clear();
        characters = text.length;
      }
      byText.set(text, document);
      return document;
    },
    validate(document) {
      const known = validated.get(document);
      if (known) return known;
      const errors = validate(schema, document);
      validated.set(document, errors);
      return errors;
    },
  };
}
