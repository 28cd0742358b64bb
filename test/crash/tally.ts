import type { Disturbance } from './disturb.js';
import { seconds } from './judgement.js';
import type { Ledger } from './ledger.js';
import type { Acknowledged } from './write-contributions.js';

/** What the books of all subscribers say together, against what was acknowledged to the writers. */
export interface Tally {
  readonly acknowledged: number;
  readonly delivered: number;
  /** Acknowledged, and not delivered to a subscriber: the sum over all of them. */
  readonly missing: number;
  readonly duplicated: number;
  /** Delivered behind an event that comes later in the log. */
  readonly outOfOrder: number;
  /** Whose "previous" is not the place the subscriber knew. */
  readonly brokenLinks: number;
  /** Delivered without a part of what was asked for. */
  readonly incomplete: number;
  readonly unknown: number;
  readonly completed: number;
  readonly connections: number;
  readonly cutOff: number;
  /** What one undisturbed reading found. */
  readonly inTheLog: number;
  /** The longest time from the end of a disturbance to the next event of a subscriber. */
  readonly worstRecoveryMs: number;
  /** The longest time from an acknowledgement to a delivery of what was acknowledged, disturbances included. */
  readonly longestDelayMs: number;
}

export interface Books {
  readonly ledgers: readonly Ledger[];
  readonly acknowledged: Acknowledged;
  readonly disturbances: readonly Disturbance[];
  /** The log as one undisturbed reading tells it. */
  readonly order: readonly string[];
}

export function tallyOf({ ledgers, acknowledged, disturbances, order }: Books): Tally {
  const rank = new Map(order.map((cursor, index) => [cursor, index]));
  const sum = (count: (ledger: Ledger) => number) => ledgers.reduce((total, ledger) => total + count(ledger), 0);
  return {
    acknowledged: acknowledged.size,
    delivered: sum(({ entries }) => entries.length),
    missing: sum((ledger) => missingIn(ledger, acknowledged)),
    duplicated: sum(({ entries }) => entries.length - new Set(entries.map(({ cursor }) => cursor)).size),
    outOfOrder: sum((ledger) => outOfOrderIn(ledger, rank)),
    brokenLinks: sum(({ entries }) => entries.filter(({ previous, known }) => previous !== known).length),
    incomplete: sum(({ entries }) => entries.filter(({ whole }) => !whole).length),
    unknown: sum(({ entries }) => entries.filter(({ body }) => body !== null && !acknowledged.has(body)).length),
    completed: sum(({ completed }) => completed),
    connections: sum(({ connections }) => connections),
    cutOff: sum(({ cutOff }) => cutOff),
    inTheLog: order.length,
    worstRecoveryMs: Math.max(0, ...ledgers.flatMap((ledger) => recoveriesIn(ledger, disturbances))),
    longestDelayMs: Math.max(0, ...ledgers.map((ledger) => longestDelayIn(ledger, acknowledged))),
  };
}

function missingIn({ entries }: Ledger, acknowledged: Acknowledged): number {
  const delivered = new Set(entries.map(({ body }) => body));
  return [...acknowledged.keys()].filter((body) => !delivered.has(body)).length;
}

function outOfOrderIn({ entries }: Ledger, rank: ReadonlyMap<string, number>): number {
  let highest = -1;
  let wrong = 0;
  for (const { cursor } of entries) {
    const place = rank.get(cursor) ?? -1;
    if (place < highest) wrong += 1;
    else highest = place;
  }
  return wrong;
}

function recoveriesIn({ entries }: Ledger, disturbances: readonly Disturbance[]): number[] {
  return disturbances.flatMap(({ over }) => {
    const next = entries.find(({ at }) => at >= over);
    return next ? [next.at - over] : [];
  });
}

function longestDelayIn({ entries }: Ledger, acknowledged: Acknowledged): number {
  return entries.reduce((longest, { body, at }) => {
    const told = body === null ? undefined : acknowledged.get(body);
    return told === undefined ? longest : Math.max(longest, at - told);
  }, 0);
}

/** What a tally says besides what every run says. */
export function detailsOf({ brokenLinks, incomplete, longestDelayMs, connections, cutOff }: Tally): string {
  return (
    `broken links ${brokenLinks}, incomplete ${incomplete}, longest delay ${seconds(longestDelayMs)}, ` +
    `${connections} connections, ${cutOff} cut off`
  );
}
