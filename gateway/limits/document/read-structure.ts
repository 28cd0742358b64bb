import { GraphQLError, Lexer, Source, type Token, TokenKind } from 'graphql';
import { type Definition, type DocumentStructure, emptyDefinition } from './document-structure.js';

/** What is counted while the text is read. Each step up is told at once, so that reading ends at the first limit. */
export type TextCount = 'tokens' | 'nesting' | 'aliases' | 'directives' | 'fragments';
export type CountStep = (count: TextCount, value: number) => void;

/**
 * One pass over the tokens, without recursion and without building a tree. It understands just enough of GraphQL to count; a text
 * that it takes wrongly is none, and the parser says so. Throws a GraphQLError for what is no token.
 */
export function readStructure(text: string, step: CountStep): DocumentStructure {
  return new StructureReader(text, step).read();
}

type Owner = 'field' | 'inline fragment';

class StructureReader {
  readonly #lexer: Lexer;
  readonly #step: CountStep;
  readonly #counts: Record<TextCount, number> = { tokens: 0, nesting: 0, aliases: 0, directives: 0, fragments: 0 };
  readonly #operations: Definition[] = [];
  readonly #fragments = new Map<string, Definition>();
  #definition: Definition | undefined;
  /** Who opened each selection set that is open. */
  readonly #owners: Owner[] = [];
  #fieldDepth = 0;
  /** Brackets open within arguments and values. */
  #valueDepth = 0;
  #last: Owner = 'field';

  constructor(text: string, step: CountStep) {
    this.#lexer = new Lexer(new Source(text));
    this.#step = step;
  }

  read(): DocumentStructure {
    for (let token = this.#next(); token.kind !== TokenKind.EOF; token = this.#next()) this.#take(token);
    return { operations: this.#operations, fragments: this.#fragments };
  }

  #next(): Token {
    this.#count('tokens');
    return this.#lexer.advance();
  }

  #count(count: TextCount): void {
    this.#counts[count] += 1;
    this.#step(count, this.#counts[count]);
  }

  #take(token: Token): void {
    switch (token.kind) {
      case TokenKind.PAREN_L:
      case TokenKind.BRACKET_L:
        return this.#openValue();
      case TokenKind.PAREN_R:
      case TokenKind.BRACKET_R:
        return this.#closeValue();
      case TokenKind.BRACE_L:
        return this.#valueDepth > 0 ? this.#openValue() : this.#openSelections();
      case TokenKind.BRACE_R:
        return this.#valueDepth > 0 ? this.#closeValue() : this.#closeSelections();
      case TokenKind.AT:
        this.#count('directives');
        return this.#pass(TokenKind.NAME);
      case TokenKind.SPREAD:
        return this.#spread();
      case TokenKind.NAME:
        return this.#name(token.value);
    }
  }

  #openValue(): void {
    this.#valueDepth += 1;
    this.#step('nesting', this.#owners.length + this.#valueDepth);
  }

  #closeValue(): void {
    this.#valueDepth = Math.max(0, this.#valueDepth - 1);
  }

  #openSelections(): void {
    const definition = this.#definition ?? this.#begin(emptyDefinition(), this.#operations);
    this.#owners.push(this.#last);
    this.#step('nesting', this.#owners.length);
    if (this.#last === 'field') this.#fieldDepth += 1;
    definition.depth = Math.max(definition.depth, this.#fieldDepth);
  }

  #closeSelections(): void {
    if (this.#owners.pop() === 'field') this.#fieldDepth -= 1;
    if (this.#owners.length === 0) this.#definition = undefined;
    this.#last = 'field';
  }

  /** A fragment that is spread, or one that is written in place. */
  #spread(): void {
    const definition = this.#definition;
    const next = this.#lexer.lookahead();
    const isInline = next.kind !== TokenKind.NAME || next.value === 'on';
    if (definition) definition.selections += 1;
    this.#last = isInline ? 'inline fragment' : 'field';
    if (!isInline) definition?.spreads.push({ fragment: this.#next().value, depth: this.#fieldDepth });
    else if (next.kind === TokenKind.NAME) {
      this.#next();
      this.#pass(TokenKind.NAME);
    }
  }

  #name(name: string): void {
    if (this.#valueDepth > 0) return;
    if (this.#owners.length > 0) return this.#field(name);
    if (this.#definition) return;
    if (ofSchemas.has(name)) throw notExecutable(name);
    if (name === 'fragment') this.#beginFragment();
    else this.#begin(emptyDefinition(), this.#operations);
  }

  #field(nameOrAlias: string): void {
    const name = this.#lexer.lookahead().kind === TokenKind.COLON ? this.#aliased() : nameOrAlias;
    this.#last = 'field';
    if (!this.#definition) return;
    this.#definition.selections += 1;
    if (this.#fieldDepth === 1) this.#definition.rootFields += 1;
    if (name === '__schema' || name === '__type') this.#definition.introspection += 1;
  }

  #aliased(): string {
    this.#count('aliases');
    this.#next();
    return this.#next().value;
  }

  #beginFragment(): void {
    this.#count('fragments');
    const name = this.#next().value;
    if (this.#fragments.has(name)) throw twice(name);
    this.#fragments.set(name, this.#begin(emptyDefinition(), []));
  }

  #begin(definition: Definition, among: Definition[]): Definition {
    among.push(definition);
    this.#definition = definition;
    this.#last = 'field';
    return definition;
  }

  #pass(kind: TokenKind): void {
    if (this.#lexer.lookahead().kind === kind) this.#next();
  }
}

/** What begins the definition of a type. Such definitions may end without a brace, behind which a fragment would be overlooked. */
const ofSchemas = new Set('schema scalar type interface union enum input directive extend'.split(' '));

function notExecutable(keyword: string): GraphQLError {
  return invalid(`A request has operations and fragments only: leave out what begins with "${keyword}".`);
}

function twice(fragment: string): GraphQLError {
  return invalid(`There are two fragments "${fragment}": give each a name of its own.`);
}

function invalid(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}
