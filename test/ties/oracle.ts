import { groupBy } from './group-by.js';
import type { HomeOf } from './home-teams.js';
import { dayMs, dayOf, type Interaction } from './interaction.js';
import { type Meeting, TeamChronicle, type TeamMilestone, type TeamRelation } from './team-chronicle.js';

const halfLifeMs = 60 * dayMs;
const tieWithinDays = 14;
const tieStrength = 1.5;
const mutualWeight = 0.5;
/** Sums of the same numbers in another order differ in their last digits. */
const rounding = 1e-9;
const dormantMs = 90 * dayMs;
const lostMs = 180 * dayMs;

export type PairState = Met | 'DORMANT' | 'LOST';
type Met = 'CONTACT' | 'TIE' | 'RECIPROCAL' | 'REVIVED';

/** What two people are to each other; `a` sorts before `b`. */
export interface Pair {
  readonly a: string;
  readonly b: string;
  readonly state: PairState;
  /** What they were when they last met: no silence has told yet. */
  readonly met: Met;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Both as of `lastAt`. */
  readonly aTowardsB: number;
  readonly bTowardsA: number;
  /** How often the tie slept and was woken by an interaction. */
  readonly revivals: number;
}

export interface Told {
  readonly pairs: readonly Pair[];
  readonly teams: readonly TeamRelation[];
  /** What happened between teams, in the order in which it happened. */
  readonly milestones: readonly TeamMilestone[];
}

/**
 * Retells all that happened, one UTC day after the other, and judges each pair at the end of each of its days from the whole list
 * of what the two ever did. Slow on purpose: no number is carried from one day to the next, so no shortcut can be wrong.
 */
export function retell(interactions: readonly Interaction[], homeOf: HomeOf, now: Date): Told {
  const stories = new Map<string, Story>();
  const chronicle = new TeamChronicle();
  const days = [...groupBy(interactions, ({ at }) => dayOf(at))].sort(([one], [other]) => one - other);
  for (const [, today] of days) {
    const touched = [...groupBy(inOrder(today), pairKey)].sort(byLastTime);
    for (const [key, deeds] of touched) {
      const story = stories.get(key) ?? new Story();
      stories.set(key, story);
      story.live(deeds);
      if (story.isTie) chronicle.meet(meetingOf(key, deeds, homeOf, story.isMutual));
    }
  }
  return { pairs: [...stories].map(([key, story]) => story.asOf(key, now)), ...chronicle.asOf(now) };
}

function meetingOf(pair: string, deeds: readonly Interaction[], homeOf: HomeOf, mutual: boolean): Meeting {
  const [first, last] = [deeds.at(0), deeds.at(-1)];
  if (!first || !last) throw new Error('Nobody met.');
  return {
    pair,
    homes: [homeOf(last.from, last.at), homeOf(last.to, last.at)],
    firstAt: first.at,
    lastAt: last.at,
    mutual,
  };
}

/** Two people, from their first day to the last. */
class Story {
  private readonly deeds: Interaction[] = [];
  private tied = false;
  /** Once they are, they stay so until a silence ends it. */
  private mutual = false;
  private revivals = 0;

  get isTie(): boolean {
    return this.tied;
  }

  get isMutual(): boolean {
    return this.mutual;
  }

  live(today: readonly Interaction[]): void {
    const before = this.deeds.at(-1)?.at;
    if (this.tied && before && timeBetween(before, today[0]?.at ?? before) >= dormantMs) {
      this.revivals += 1;
      this.mutual = false;
    }
    this.deeds.push(...today);
    this.tied ||= this.metOnTwoDays() || sum(this.weights()) >= tieStrength - rounding;
    this.mutual ||= this.tied && Math.min(...this.weights()) >= mutualWeight - rounding;
  }

  asOf(key: string, now: Date): Pair {
    const [a, b] = peopleOf(key);
    const [aTowardsB, bTowardsA] = this.weights();
    const firstAt = this.deeds[0]?.at ?? now;
    return {
      a,
      b,
      state: this.state(now),
      met: this.met(),
      firstAt,
      lastAt: this.lastAt(),
      aTowardsB,
      bTowardsA,
      revivals: this.revivals,
    };
  }

  private met(): Met {
    if (!this.tied) return 'CONTACT';
    if (this.mutual) return 'RECIPROCAL';
    return this.revivals > 0 ? 'REVIVED' : 'TIE';
  }

  private state(now: Date): PairState {
    if (!this.tied) return 'CONTACT';
    const silence = timeBetween(this.lastAt(), now);
    if (silence >= lostMs) return 'LOST';
    if (silence >= dormantMs) return 'DORMANT';
    return this.met();
  }

  private metOnTwoDays(): boolean {
    const days = [...new Set(this.deeds.map(({ at }) => dayOf(at)))].sort((one, other) => one - other);
    return days.some((day, place) => place > 0 && day - (days[place - 1] ?? day) <= tieWithinDays);
  }

  private lastAt(): Date {
    return this.deeds.at(-1)?.at ?? new Date(0);
  }

  /** Of the two directions, at the latest interaction: each deed fades on its own. */
  private weights(): [number, number] {
    const at = this.lastAt();
    const faded = (deeds: readonly Interaction[]) =>
      sum(deeds.map((deed) => deed.weight * 2 ** (-timeBetween(deed.at, at) / halfLifeMs)));
    return [
      faded(this.deeds.filter(({ from, to }) => from < to)),
      faded(this.deeds.filter(({ from, to }) => from > to)),
    ];
  }
}

function inOrder(interactions: readonly Interaction[]): Interaction[] {
  return interactions.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** A pair counts as having become what it is today with its last deed of the day. */
function byLastTime([, one]: [string, Interaction[]], [, other]: [string, Interaction[]]): number {
  return (one.at(-1)?.at.getTime() ?? 0) - (other.at(-1)?.at.getTime() ?? 0);
}

function pairKey({ from, to }: Interaction): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}

function peopleOf(key: string): [string, string] {
  const [a = '', b = ''] = key.split(' ');
  return [a, b];
}

function timeBetween(one: Date, other: Date): number {
  return other.getTime() - one.getTime();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
