import { between, dayMs, decayed, later, reaches, startOf } from './decay.js';

/** Stored states. That a tie is dormant or lost follows from its last interaction and the present; nothing is written for it. */
export const tieStates = ['contact', 'tie', 'reciprocal', 'revived'] as const;
export type TieState = (typeof tieStates)[number];

/** What two people did on one UTC day. `given` goes from the one with the lesser id to the other, `taken` back. */
export interface DayFacts {
  readonly day: number;
  /** Weights as they would have been at the start of the day, so that their sum depends on no order. */
  readonly given: number;
  readonly taken: number;
  readonly interactions: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** How a pair stands after the last interaction of a day. */
export interface Standing {
  readonly state: TieState;
  /** How often the tie has come back to life. */
  readonly epoch: number;
  readonly weight: number;
  readonly returned: number;
  /** The first interaction of all. */
  readonly beganAt: Date;
  /** When it became a tie; null as long as it is none. */
  readonly since: Date | null;
}

export interface ToldDay extends DayFacts, Standing {}

export type TieTransition = 'formed' | 'reciprocated' | 'wentDormant' | 'lost' | 'revived';

export interface TieChange {
  readonly kind: TieTransition;
  readonly epoch: number;
  readonly at: Date;
}

/** Interactions on two UTC days at most so far apart make a tie: such pairs come back in a third of all cases. */
const tieDays = 14;
const tieStrength = 1.5;
const reciprocalWeight = 0.5;
export const dormantAfterMs = 90 * dayMs;
export const lostAfterMs = 180 * dayMs;

interface CountedInteraction {
  readonly forward: boolean;
  readonly at: Date;
  readonly weight: number;
}

/** Adds up the interactions of one day; undefined when there are none. */
export function addUp(day: number, interactions: readonly CountedInteraction[]): DayFacts | undefined {
  const [first] = interactions;
  if (!first) return undefined;
  let [given, taken, firstAt, lastAt] = [0, 0, first.at, first.at];
  for (const { forward, at, weight } of interactions) {
    const atStart = decayed(weight, between(at, startOf(day)));
    if (forward) given += atStart;
    else taken += atStart;
    if (at < firstAt) firstAt = at;
    if (at > lastAt) lastAt = at;
  }
  return { day, given, taken, interactions: interactions.length, firstAt, lastAt };
}

/** Goes on telling the story of a pair: how it stands after a day, and what became different on it. */
export function tellDay(before: ToldDay | undefined, facts: DayFacts): { told: ToldDay; changes: TieChange[] } {
  const changes: TieChange[] = before ? silence(before, facts.firstAt) : [];
  const revived = changes.length > 0;
  const epoch = (before?.epoch ?? 0) + (revived ? 1 : 0);
  const weight = carried(before?.weight, facts.given, before, facts);
  const returned = carried(before?.returned, facts.taken, before, facts);
  let state: TieState = revived ? 'revived' : (before?.state ?? 'contact');
  let since = before?.since ?? null;
  if (revived) changes.push({ kind: 'revived', epoch, at: facts.firstAt });
  if (state === 'contact') {
    since = becameTie(before, facts, weight + returned);
    if (since) {
      state = 'tie';
      changes.push({ kind: 'formed', epoch, at: since });
    }
  }
  if ((state === 'tie' || state === 'revived') && reaches(Math.min(weight, returned), reciprocalWeight)) {
    state = 'reciprocal';
    changes.push({ kind: 'reciprocated', epoch, at: facts.lastAt });
  }
  const beganAt = before?.beganAt ?? facts.firstAt;
  return { told: { ...facts, state, epoch, weight, returned, beganAt, since }, changes };
}

type Silent = Pick<ToldDay, 'state' | 'epoch' | 'lastAt'>;

/** What the silence since the last interaction has made of a tie by now; nothing of a mere contact. */
export function silence({ state, epoch, lastAt }: Silent, now: Date): TieChange[] {
  if (state === 'contact') return [];
  const silent = between(lastAt, now);
  return [
    ...(silent >= dormantAfterMs ? [{ kind: 'wentDormant', epoch, at: later(lastAt, dormantAfterMs) } as const] : []),
    ...(silent >= lostAfterMs ? [{ kind: 'lost', epoch, at: later(lastAt, lostAfterMs) } as const] : []),
  ];
}

function carried(weight = 0, added: number, before: ToldDay | undefined, { day, lastAt }: DayFacts): number {
  const kept = before ? decayed(weight, between(before.lastAt, lastAt)) : 0;
  return kept + decayed(added, between(startOf(day), lastAt));
}

function becameTie(before: ToldDay | undefined, facts: DayFacts, strength: number): Date | null {
  if (before && facts.day - before.day <= tieDays) return facts.firstAt;
  return reaches(strength, tieStrength) ? facts.lastAt : null;
}
