import type { Config } from '#kernel/config/config.js';

/** What one request may be, before anything of it is parsed, and one document, before it is validated. */
export interface Limits {
  readonly request: RequestLimits;
  readonly document: DocumentLimits;
}

export interface RequestLimits {
  /** Of a body or message, as it comes. */
  readonly bytes: number;
  /** Of the variables, as JSON. */
  readonly variables: number;
  /** How deep the JSON of a request is nested. */
  readonly jsonDepth: number;
  /** Objects, lists and their entries in the JSON of a request. */
  readonly jsonValues: number;
}

export interface DocumentLimits {
  readonly characters: number;
  readonly tokens: number;
  /** Fields within fields, fragments counted where they are used. */
  readonly depth: number;
  /** Brackets of every kind within each other. */
  readonly nesting: number;
  /** Fields and fragments, each counted as often as fragments repeat it. */
  readonly selections: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly fragments: number;
  /** Root fields of introspection; 0 where introspection is closed. */
  readonly introspection: number;
}

/** Inline fragments, lists and objects nest beside fields. */
const bracketsForEachField = 2;
/** The usual introspection is one field; tools ask for a type or two beside it. */
const introspectionFields = 3;

export function limitsOf(config: Config): Limits {
  return {
    request: {
      bytes: config.REQUEST_MAX_BYTES,
      variables: config.VARIABLES_MAX_BYTES,
      jsonDepth: config.JSON_MAX_DEPTH,
      jsonValues: config.JSON_MAX_VALUES,
    },
    document: {
      characters: config.DOCUMENT_MAX_CHARACTERS,
      tokens: config.DOCUMENT_MAX_TOKENS,
      depth: config.DOCUMENT_MAX_DEPTH,
      nesting: config.DOCUMENT_MAX_DEPTH * bracketsForEachField,
      selections: config.DOCUMENT_MAX_SELECTIONS,
      aliases: config.DOCUMENT_MAX_ALIASES,
      rootFields: config.DOCUMENT_MAX_ROOT_FIELDS,
      directives: config.DOCUMENT_MAX_DIRECTIVES,
      fragments: config.DOCUMENT_MAX_FRAGMENTS,
      introspection: config.INTROSPECTION === 'open' ? introspectionFields : 0,
    },
  };
}
