import { OperationCache } from '#gateway/execute/operation-cache.js';
import { checkDocument } from './document/check-document.js';
import type { Limits } from './limits.js';
import { checkJson } from './request/check-json.js';
import { checkVariables } from './request/check-variables.js';

/** The one guard in front of everything, for every transport. What it throws is a GraphQLError for the client. */
export interface Guard {
  readonly maxBytes: number;
  /** Throws for JSON that must not be parsed. */
  checkJson(text: string): void;
  /** `JSON.parse`, of what is within the limits. */
  parseJson(text: string): unknown;
  /** Throws for a document that must not be parsed, validated or planned. The points of reading it: none for one that was read lately. */
  checkDocument(text: string): number;
}

const keptDocuments = 1_000;
/** What parsing, validating and planning take, against what an object of an answer takes. */
const tokensForAPoint = 10;
/** Longer ones are looked at each time: that is cheaper than keeping them. */
const longestKept = 8 * 1024;

export function createGuard({ request, document }: Limits): Guard {
  const good = new OperationCache<true>(keptDocuments);
  return {
    maxBytes: request.bytes,
    checkJson: (text) => checkJson(text, request),
    parseJson(text) {
      checkJson(text, request);
      const value: unknown = JSON.parse(text);
      if (Buffer.byteLength(text) > request.variables) checkVariables(value, request.variables);
      return value;
    },
    checkDocument(text) {
      if (good.get(text)) return 0;
      const tokens = checkDocument(text, document);
      if (text.length <= longestKept) good.set(text, true);
      return Math.ceil(tokens / tokensForAPoint);
    },
  };
}
