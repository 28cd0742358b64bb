import { createHash } from 'node:crypto';

/**
 * A named prepared statement: PostgreSQL parses and plans it once per connection. TypeORM never names its statements, so the
 * reads that every page needs go this way (about twice as cheap, see bench/README.md).
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const known = new Map<string, Statement>();

/** The statement for this text; the same text gives the same object. Texts are written in code, never built from input. */
export function statement(text: string): Statement {
  const found = known.get(text);
  if (found) return found;
  const made = { name: `weft_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
  known.set(text, made);
  return made;
}
