import type { Config } from '#kernel/config/config.js';

/** What one request, document and operation may be, and how much of it each viewer may ask for. */
export interface Limits {
  readonly request: RequestLimits;
  readonly document: DocumentLimits;
  readonly operation: OperationLimits;
  readonly rate: RateLimits;
  readonly connection: ConnectionLimits;
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

export interface OperationLimits {
  /** In points, as the cost is. */
  readonly cost: number;
}

/** Points a minute, by who asks. */
export interface RateLimits {
  /** Each address by itself. */
  readonly anonymous: number;
  readonly person: number;
  readonly client: number;
  readonly store: 'memory' | 'postgres';
  /** How many proxies stand in front, each of which tells the address it was asked from. */
  readonly proxies: number;
}

export interface ConnectionLimits {
  /** Open connections of one address. */
  readonly connections: number;
  /** Open subscriptions of a viewer, over all connections. */
  readonly subscriptions: number;
  /** Operations under way on one socket. */
  readonly operations: number;
  /** Of one socket, in a second. */
  readonly messages: number;
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
    operation: { cost: config.OPERATION_MAX_COST },
    rate: {
      anonymous: config.RATE_LIMIT_ANONYMOUS,
      person: config.RATE_LIMIT_PERSON,
      client: config.RATE_LIMIT_CLIENT,
      store: config.RATE_LIMIT_STORE,
      proxies: config.TRUSTED_PROXIES,
    },
    connection: {
      connections: config.CONNECTIONS_PER_ADDRESS,
      subscriptions: config.SUBSCRIPTIONS_PER_VIEWER,
      operations: config.OPERATIONS_PER_SOCKET,
      messages: config.MESSAGES_PER_SECOND,
    },
  };
}
