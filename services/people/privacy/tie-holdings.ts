import { type Holding, holding } from '#kernel/privacy/holding.js';

const ofTheirPairs = 'JOIN tie mine ON mine.pair = t.pair AND mine.a = viewer.id';
// What goes from the one with the lesser id to the other is kept as "forward" and "given".
const isFirst = '(mine.a < mine.b)';

/** With whom a person had to do, and what ties were told from it: their own side, the others by their ids. */
export const tieHoldings: readonly Holding[] = [
  holding('consent', { table: 'consent', of: ['person_id'], id: 't.person_id', shows: ['ties', 'changed_at'] }),
  holding('interaction', {
    table: 'interaction',
    of: ['from_id', 'to_id'],
    shows: ['id', 'source', 'from_id', 'to_id', 'at', 'type', 'weight'],
  }),
  holding('tie', {
    table: 'tie',
    of: ['a'],
    id: 't.b',
    shows: [['person', 't.b'], 'state', 'weight', 'returned', 'first_at', 'last_at', 'since'],
  }),
  holding('tieDay', {
    table: 'tie_day',
    of: ['pair'],
    join: ofTheirPairs,
    where: 'TRUE',
    id: `mine.b || ' ' || t.day`,
    shows: [
      ['person', 'mine.b'],
      ['given', `CASE WHEN ${isFirst} THEN t.given ELSE t.taken END`],
      ['received', `CASE WHEN ${isFirst} THEN t.taken ELSE t.given END`],
      ...['interactions', 'first_at', 'last_at'],
    ],
  }),
  holding('countedInteraction', {
    table: 'counted_interaction',
    of: ['pair'],
    join: ofTheirPairs,
    where: 'TRUE',
    id: `mine.b || ' ' || t.day || ' ' || t.kind || ' ' || t.object || ' ' || t.forward`,
    shows: [
      ['person', 'mine.b'],
      ['given', `t.forward = ${isFirst}`],
      ...['kind', 'object', 'at', 'weight', 'space', 'idea', 'conversation'],
    ],
  }),
  holding('ideaContribution', {
    table: 'idea_contribution',
    of: ['person'],
    id: `t.idea || ' ' || to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    shows: ['idea', 'space', 'at'],
  }),
];
