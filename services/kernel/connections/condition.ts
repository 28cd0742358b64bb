import { type Statement, statement } from '../database/statement.js';

/** A piece of SQL with `?` where its values go. Pieces are written in code; only values come from outside. */
export interface Condition {
  readonly text: string;
  readonly values: readonly unknown[];
}

export function condition(text: string, ...values: unknown[]): Condition {
  return { text, values };
}

export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** Puts pieces together to one statement and numbers their values. */
export function toStatement(write: (place: (piece: Condition) => string) => string): BoundStatement {
  const values: unknown[] = [];
  const place = (piece: Condition) => {
    let next = 0;
    return piece.text.replaceAll('?', () => {
      values.push(piece.values[next]);
      next += 1;
      return `$${values.length}`;
    });
  };
  return { statement: statement(write(place)), values };
}

export function allOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { text: 'TRUE', values: [] };
  return {
    text: conditions.map((item) => `(${item.text})`).join(' AND '),
    values: conditions.flatMap((item) => item.values),
  };
}
