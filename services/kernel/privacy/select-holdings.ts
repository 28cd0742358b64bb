import { condition } from '../connections/condition.js';
import type { Selection } from '../connections/connection.js';
import type { ListOrder } from '../connections/list.js';
import type { Holding } from './holding.js';

/** A row of any table, as the person it is about is shown it. */
export interface HeldRow {
  readonly kind: string;
  readonly id: string;
  readonly json: string;
}

const byKind: ListOrder = {
  name: 'KIND',
  direction: 'ASC',
  terms: [
    { sql: 'held.kind', type: 'text' },
    { sql: 'held.id', type: 'text' },
  ],
};

/** Everything in these places on one person, as one list: a page of it is one statement, whatever it is made of. */
export function selectHoldings(name: string, holdings: readonly Holding[], personId: string): Selection {
  const all = holdings.map(({ select }) => select).join(' UNION ALL ');
  const from = condition(`(SELECT ?::text AS id) viewer CROSS JOIN LATERAL (${all}) held`, personId);
  const columns = 'held.kind AS "kind", held.id AS "id", held.json::text AS "json"';
  return { list: { name, from, columns }, order: byKind, where: [] };
}
