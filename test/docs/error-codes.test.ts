import { ApolloServerErrorCode } from '@apollo/server/errors';
import { nameIn, pathsBelow, readText, tableRows } from './documents.js';

/** The ways in which the code gives an error its code. */
const patterns = [
  /\b(?:requestError|UserError|SubgraphCallError|cursorError|errorOfValue)\(\s*'([A-Z0-9_]+)'/g,
  /\bBodyError\(\s*\d+,\s*'([A-Z0-9_]+)'/g,
  /\bcode: '([A-Z0-9_]+)'/g,
  /\bcode \?\? '([A-Z0-9_]+)'/g,
];
const unions = /\b(?:type \w*Code =|code:)\s*((?:\|?\s*'[A-Z0-9_]+'\s*)+)/g;

describe('docs/api/errors.md', () => {
  const documented = new Set(tableRows(readText('docs/api/errors.md')).flatMap(([code]) => nameIn(code) ?? []));
  const inCode = codesInCode();

  test('the code has codes to document', () => {
    expect([...inCode]).toEqual(
      expect.arrayContaining(['NOT_FOUND', 'UNAUTHENTICATED', 'SUBGRAPH_TIMEOUT', 'BAD_JSON']),
    );
  });

  test('lists every code that the hub answers with', () => {
    expect([...inCode].filter((code) => !documented.has(code))).toEqual([]);
  });

  test('lists no code that nobody answers with', () => {
    const apollo = new Set<string>(Object.values(ApolloServerErrorCode));
    expect([...documented].filter((code) => !inCode.has(code) && !apollo.has(code))).toEqual([]);
  });
});

function codesInCode(): Set<string> {
  const codes = new Set<string>();
  for (const text of answeringFiles().map(readText)) {
    for (const pattern of patterns) {
      for (const [, code] of text.matchAll(pattern)) if (code) codes.add(code);
    }
    for (const [, union = ''] of text.matchAll(unions)) {
      for (const [, code] of union.matchAll(/'([A-Z0-9_]+)'/g)) if (code) codes.add(code);
    }
  }
  // Composition happens when the hub is built, never in an answer.
  codes.delete('COMPOSITION_ERROR');
  return codes;
}

/** What runs in a hub; the hub command is one of its clients. */
function answeringFiles(): string[] {
  return [...pathsBelow('gateway', '.ts'), ...pathsBelow('services', '.ts')].filter(
    (path) => !/\.(test|fixture)\.ts$|\/testing\/|^services\/hub\//.test(path),
  );
}
