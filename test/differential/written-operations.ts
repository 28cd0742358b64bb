import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import ts from 'typescript';
import { pathsBelow, readText } from '#test/docs/documents.js';

/** An operation somebody wrote down: an example of the documents, or a string in the source of a test. */
export interface WrittenOperation {
  readonly path: string;
  readonly document: DocumentNode;
  readonly kind: OperationTypeNode;
}

/**
 * Every operation of the examples and of all TypeScript sources that are valid for the API schema. Texts put together from constants
 * of the same file are put together; those with parts that only a run knows, and subscriptions, are left out.
 */
export function writtenOperations(schema: GraphQLSchema): WrittenOperation[] {
  const examples = pathsBelow('docs/examples', '.graphql').map((path) => [path, readText(path)] as const);
  const found = new Map<string, WrittenOperation>();
  for (const [path, text] of [...examples, ...stringsOfSources()]) {
    const operation = operationIn(text, schema);
    const key = text.replaceAll(/\s+/g, ' ').trim();
    if (operation && !found.has(key)) found.set(key, { path, ...operation });
  }
  return [...found.values()];
}

function stringsOfSources(): (readonly [string, string])[] {
  const paths = pathsBelow('.', '.ts');
  return paths.flatMap((path) => stringsIn(path, readText(path)).map((text) => [path, text] as const));
}

function stringsIn(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const constants = constantsOf(file);
  const texts: string[] = [];
  const look = (node: ts.Node): void => {
    const text = textOf(node, constants);
    if (text?.includes('{')) texts.push(text);
    ts.forEachChild(node, look);
  };
  look(file);
  return texts;
}

type Constants = ReadonlyMap<string, ts.Expression>;

function constantsOf(file: ts.SourceFile): Constants {
  const constants = new Map<string, ts.Expression>();
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, node.initializer);
    ts.forEachChild(node, look);
  };
  look(file);
  return constants;
}

/** The text of a string, of a template or of the name of one; undefined when it cannot be known from the file. */
function textOf(node: ts.Node, constants: Constants, depth = 0): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (depth > 5) return undefined;
  if (ts.isIdentifier(node)) {
    const constant = depth > 0 ? constants.get(node.text) : undefined;
    return constant && textOf(constant, constants, depth + 1);
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  const parts = node.templateSpans.map(({ expression, literal }) => {
    const text = textOf(expression, constants, depth + 1);
    return text === undefined ? undefined : text + literal.text;
  });
  return parts.includes(undefined) ? undefined : node.head.text + parts.join('');
}

function operationIn(text: string, schema: GraphQLSchema): Omit<WrittenOperation, 'path'> | undefined {
  const document = parsed(text);
  const operation = document && getOperationAST(document);
  if (!document || !operation || operation.operation === 'subscription') return undefined; // its tests are its own
  if (validate(schema, document).length > 0) return undefined;
  return { document, kind: operation.operation };
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}
