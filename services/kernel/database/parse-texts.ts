import pg from 'pg';

export const textArray: number = 1009;
const parseAny: (text: string) => unknown = pg.types.getTypeParser(textArray);

/** An element in quotation marks, an escape, a list within the list, or what may be NULL: nothing that ids and plain words need. */
const unusual = /["\\{]|NULL/i;

/** `{a,b}`, as PostgreSQL writes a list of texts: most of ours are empty or hold ids. Whatever looks different is left to pg. */
export function parseTexts(text: string): unknown {
  if (text === '{}') return [];
  const inner = text.slice(1, -1);
  return text.startsWith('{') && !unusual.test(inner) ? inner.split(',') : parseAny(text);
}
