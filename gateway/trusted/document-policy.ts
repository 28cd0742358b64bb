import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { GraphQLParameters } from '#gateway/http/graphql-parameters.js';

export type AskedDocument = Pick<GraphQLParameters, 'query' | 'documentId' | 'extensions'>;

/** Which documents may run, whatever the transport. */
export interface DocumentPolicy {
  /** Only registered documents run. */
  readonly trustedOnly: boolean;
  /** The text to run; throws a GraphQLError when there is none to be had. */
  textOf(asked: AskedDocument): string;
}

/** Everybody may send any text. */
export const anyDocument: DocumentPolicy = {
  trustedOnly: false,
  textOf({ query }) {
    if (query) return query;
    const message = 'Documents are not kept for this transport: send the text of the operation as "query".';
    throw new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
  },
};

/** Only these texts run, by hash (SHA-256, hex) or word for word. */
export function onlyTrusted(texts: ReadonlyMap<string, string>): DocumentPolicy {
  return {
    trustedOnly: true,
    textOf(asked) {
      const text = texts.get(hashIn(asked));
      if (text !== undefined && (asked.query ?? text) === text) return text;
      throw notTrusted();
    },
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hashIn({ query, documentId, extensions }: AskedDocument): string {
  const named = documentId ?? extensions?.persistedQuery?.sha256Hash;
  return named?.replace(/^sha256:/, '').toLowerCase() ?? sha256(query ?? '');
}

function notTrusted(): GraphQLError {
  const message =
    'This hub runs registered documents only, and this is none of them. Ask its operator to add the document to the manifest, or send one that is registered, unchanged.';
  return new GraphQLError(message, { extensions: { code: 'DOCUMENT_NOT_TRUSTED' } });
}
