import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import { later } from './decay.js';
import { ownTies } from './tie.policy.js';
import type { TieStanding } from './tie-standing.js';
import { dormantAfterMs, lostAfterMs } from './tie-story.js';

export const tieColumns = `t.a, t.b, t.state, t.weight, t.returned, t.first_at AS "firstAt", t.last_at AS "lastAt", t.since`;

const tiesOfPerson: List = { name: 'Person.ties', from: 'tie t', columns: tieColumns, parent: 't.a' };

const strongestFirst: ListOrder = {
  name: 'STRONGEST',
  direction: 'DESC',
  terms: [
    { sql: 't.rank', type: 'double precision' },
    { sql: 't.b', type: 'text' },
  ],
};

/** The ties of a person, for this person; contacts are none yet. */
export function selectTies(viewer: Viewer, standings: readonly TieStanding[] | null, now: Date): Selection {
  const wanted = standings === null ? [] : [anyOf(standings.map((standing) => conditionOf(standing, now)))];
  const where = [ownTies(viewer), condition(`t.state <> 'contact'`), ...wanted];
  return { list: tiesOfPerson, order: strongestFirst, where };
}

function conditionOf(standing: TieStanding, now: Date): Condition {
  const [dormant, lost] = [later(now, -dormantAfterMs), later(now, -lostAfterMs)];
  switch (standing) {
    case 'LOST':
      return condition('t.last_at <= ?', lost);
    case 'DORMANT':
      return condition('t.last_at <= ? AND t.last_at > ?', dormant, lost);
    default:
      return condition('t.state = ? AND t.last_at > ?', standing.toLowerCase(), dormant);
  }
}

function anyOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return condition('FALSE');
  return {
    text: conditions.map(({ text }) => `(${text})`).join(' OR '),
    values: conditions.flatMap(({ values }) => values),
  };
}
