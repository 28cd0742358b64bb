import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

/** The same few documents are sent again and again: each is parsed and validated once. */
export interface DocumentCache {
  parse(text: string): DocumentNode;
  validate(document: DocumentNode): readonly GraphQLError[];
}

const maxDocuments = 2_000;

export function documentCache(schema: GraphQLSchema): DocumentCache {
  const byText = new Map<string, DocumentNode>();
  const validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    parse(text) {
      const known = byText.get(text);
      if (known) return known;
      const document = parse(text);
      if (byText.size >= maxDocuments) byText.clear();
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
