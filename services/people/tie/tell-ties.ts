import type { ConsumerGiven } from '#kernel/consumers/consumer.js';
import type { Write } from '#kernel/write/write.js';
import { interactionsOf, type PairDay } from '../interaction/counted-interaction.repository.js';
import { findTeamTies } from '../team-tie/find-team-ties.js';
import type { TeamDay } from '../team-tie/team-tie-day.repository.js';
import { tellTeamTies } from '../team-tie/tell-team-ties.js';
import { groupBy } from './group-by.js';
import type { Pair } from './pair.js';
import { type PairChange, removeTies, stateOnce, writeTies } from './tie.repository.js';
import { readStories, removeDays, type StoredDay, writeDays } from './tie-day.repository.js';
import { addUp, type DayFacts, type ToldDay, tellDay } from './tie-story.js';

/**
 * Tells the stories of pairs anew from the days on which something came in or fell away. A story is a function of the days'
 * interactions alone, so whatever order they came in, it ends the same.
 */
export async function tellTies(
  tx: Write,
  given: ConsumerGiven,
  touched: readonly PairDay[],
  pairs: readonly Pair[],
): Promise<void> {
  const days = distinct(touched);
  if (days.length === 0) return;
  const fresh = factsOf(days, await interactionsOf(tx, days));
  const stored = groupByPair(await readStories(tx, firstDays(days)));
  const tales = pairs
    .filter(({ number }) => fresh.has(number))
    .map((pair) => tell(pair, fresh.get(pair.number) ?? new Map(), stored.get(pair.number) ?? []));
  const told = await findTeamTies(tx, given, tales.flatMap(liveDays));
  const written = tales.flatMap(({ days: rows }) =>
    rows.map((day) => ({ ...day, teamTie: told.get(keyOf(day)) ?? null })),
  );
  await removeDays(
    tx,
    tales.flatMap(({ gone }) => gone),
  );
  await writeDays(tx, written, given.now());
  await writeTies(
    tx,
    tales.flatMap(({ pair, last }) => (last ? [{ pair, last }] : [])),
  );
  await removeTies(
    tx,
    tales.filter(({ last }) => !last).map(({ pair }) => pair),
  );
  append(
    tx,
    await stateOnce(
      tx,
      tales.flatMap(({ changes }) => changes),
    ),
  );
  await tellTeamTies(tx, teamDaysOf(tales, written));
}

/** What became of one pair. */
interface Tale {
  readonly pair: Pair;
  /** The days from the first touched one on. */
  readonly days: readonly (ToldDay & { readonly pair: string })[];
  /** Days on which nothing is left. */
  readonly gone: readonly PairDay[];
  /** The days as they were stored. */
  readonly before: readonly StoredDay[];
  /** How the story ends; undefined when nothing is left of it. */
  readonly last: ToldDay | undefined;
  readonly changes: readonly PairChange[];
}

type Facts = ReadonlyMap<number, DayFacts | undefined>;

function tell(pair: Pair, fresh: Facts, stored: readonly StoredDay[]): Tale {
  const from = Math.min(...fresh.keys());
  const before = stored.filter(({ day }) => day >= from);
  let last: ToldDay | undefined = stored.find(({ day }) => day < from);
  const changes: PairChange[] = [];
  const days = inOrder(fresh, before).map((facts) => {
    const step = tellDay(last, facts);
    last = step.told;
    changes.push(...step.changes.map((change) => ({ ...change, pair })));
    return { ...step.told, pair: pair.number };
  });
  const gone = [...fresh].filter(([, facts]) => !facts).map(([day]) => ({ pair: pair.number, day }));
  return { pair, days, gone, before, last, changes };
}

/** The days of a story from the first touched one on: those touched as they are now, the others as they were. */
function inOrder(fresh: Facts, stored: readonly DayFacts[]): DayFacts[] {
  const days = new Map<number, DayFacts | undefined>(stored.map((facts) => [facts.day, facts]));
  for (const [day, facts] of fresh) days.set(day, facts);
  return [...days.values()].filter((facts) => facts !== undefined).sort((one, other) => one.day - other.day);
}

function distinct(touched: readonly PairDay[]): PairDay[] {
  return [...new Map(touched.map((day) => [keyOf(day), day])).values()];
}

function keyOf({ pair, day }: PairDay): string {
  return `${pair} ${day}`;
}

function firstDays(days: readonly PairDay[]): PairDay[] {
  const first = new Map<string, number>();
  for (const { pair, day } of days) first.set(pair, Math.min(day, first.get(pair) ?? day));
  return [...first].map(([pair, day]) => ({ pair, day }));
}

function factsOf(
  days: readonly PairDay[],
  interactions: Awaited<ReturnType<typeof interactionsOf>>,
): Map<string, Map<number, DayFacts | undefined>> {
  const byDay = groupBy(interactions, keyOf);
  const facts = new Map<string, Map<number, DayFacts | undefined>>();
  for (const at of days) {
    const ofPair = facts.get(at.pair) ?? new Map<number, DayFacts | undefined>();
    facts.set(at.pair, ofPair.set(at.day, addUp(at.day, byDay.get(keyOf(at)) ?? [])));
  }
  return facts;
}

function groupByPair(days: readonly StoredDay[]): Map<string, StoredDay[]> {
  return groupBy(days, ({ pair }) => pair);
}

function liveDays({ pair, days }: Tale) {
  return days
    .filter(({ state }) => state !== 'contact')
    .map((day) => ({ key: keyOf(day), low: pair.low, high: pair.high, at: day.lastAt }));
}

/** The days of team ties that something was added to or taken from: that of the stored day and that of the new one. */
function teamDaysOf(tales: readonly Tale[], written: readonly StoredDay[]): TeamDay[] {
  return [...tales.flatMap(({ before }) => before), ...written].flatMap(({ teamTie, day }) =>
    teamTie === null ? [] : [{ teamTie, day }],
  );
}

const eventTypes = {
  formed: 'people.tie.formed',
  reciprocated: 'people.tie.reciprocated',
  wentDormant: 'people.tie.wentDormant',
  lost: 'people.tie.lost',
  revived: 'people.tie.revived',
} as const;

/** States changes in the log, in the order of their time. */
export function append(tx: Write, changes: readonly PairChange[]): void {
  const inTime = [...changes].sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const { kind, epoch, at, pair } of inTime) {
    const data = { people: [pair.low, pair.high], epoch };
    tx.append({ type: eventTypes[kind], subject: pair.low, time: at, actor: null, data });
  }
}
