import { between, dayMs, decayed, later, startOf } from '../tie/decay.js';

/** What the people of two teams who have a tie did on one UTC day. */
export interface TeamDayFacts {
  readonly day: number;
  /** Weights of both directions as at the start of the day. */
  readonly given: number;
  readonly interactions: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The first two pairs of the day: more are not needed to know that there are two. */
  readonly pairs: readonly string[];
  /** How many pairs never were between these teams before. */
  readonly newPairs: number;
  /** A pair whose tie is mutual, if any. */
  readonly mutual: string | null;
}

export interface ToldTeamDay extends TeamDayFacts {
  readonly epoch: number;
  readonly weight: number;
  /** Interactions up to this day, and the pairs who had them. */
  readonly total: number;
  readonly pairsTotal: number;
  readonly since: Date;
  /** The first two pairs since the tie began or came back. */
  readonly pairsSoFar: readonly string[];
  readonly mutualSoFar: boolean;
}

export type TeamTieTransition =
  | 'firstConnected'
  | 'connected'
  | 'reciprocated'
  | 'endangered'
  | 'wentDormant'
  | 'revived';

export interface TeamTieChange {
  readonly kind: TeamTieTransition;
  readonly epoch: number;
  readonly at: Date;
  readonly day: number;
  /** Of whose tie it came; null where nobody did anything. */
  readonly pair: string | null;
}

export const teamTieStates = ['firstConnection', 'connected', 'reciprocated', 'revived'] as const;
export type TeamTieState = (typeof teamTieStates)[number];

export const atRiskAfterMs = 45 * dayMs;
export const dormantAfterMs = 90 * dayMs;

/** Goes on telling the story of two teams: how they stand after a day, and what became different on it. */
export function tellTeamDay(
  before: ToldTeamDay | undefined,
  facts: TeamDayFacts,
): { told: ToldTeamDay; changes: TeamTieChange[] } {
  const changes = before ? teamSilence(before, facts.firstAt) : [];
  const revived = changes.some(({ kind }) => kind === 'wentDormant');
  const epoch = (before?.epoch ?? 0) + (revived ? 1 : 0);
  const live = revived ? undefined : before;
  const pairsSoFar = [...new Set([...(live?.pairsSoFar ?? []), ...facts.pairs])].slice(0, 2);
  const mutualSoFar = (live?.mutualSoFar ?? false) || facts.mutual !== null;
  const on = { epoch, day: facts.day };
  const [first = null, second = null] = pairsSoFar;
  if (!before) changes.push({ ...on, kind: 'firstConnected', at: facts.firstAt, pair: first });
  if (revived) changes.push({ ...on, kind: 'revived', at: facts.firstAt, pair: first });
  if (second !== null && (live?.pairsSoFar.length ?? 0) < 2)
    changes.push({ ...on, kind: 'connected', at: facts.lastAt, pair: second });
  if (facts.mutual !== null && !live?.mutualSoFar)
    changes.push({ ...on, kind: 'reciprocated', at: facts.lastAt, pair: facts.mutual });
  const weight =
    (before ? decayed(before.weight, between(before.lastAt, facts.lastAt)) : 0) +
    decayed(facts.given, between(startOf(facts.day), facts.lastAt));
  const total = (before?.total ?? 0) + facts.interactions;
  const pairsTotal = (before?.pairsTotal ?? 0) + facts.newPairs;
  const since = before?.since ?? facts.firstAt;
  return { told: { ...facts, epoch, weight, total, pairsTotal, since, pairsSoFar, mutualSoFar }, changes };
}

type Silent = Pick<ToldTeamDay, 'epoch' | 'lastAt' | 'day'>;

/** What the silence of the last active pair has made of the tie of two teams by now. */
export function teamSilence({ epoch, lastAt, day }: Silent, now: Date): TeamTieChange[] {
  const silent = between(lastAt, now);
  const on = { epoch, day, pair: null };
  return [
    ...(silent >= atRiskAfterMs ? [{ ...on, kind: 'endangered', at: later(lastAt, atRiskAfterMs) } as const] : []),
    ...(silent >= dormantAfterMs ? [{ ...on, kind: 'wentDormant', at: later(lastAt, dormantAfterMs) } as const] : []),
  ];
}

export function teamStateOf({ epoch, pairsSoFar, mutualSoFar }: ToldTeamDay): TeamTieState {
  if (mutualSoFar) return 'reciprocated';
  if (pairsSoFar.length > 1) return 'connected';
  return epoch > 0 ? 'revived' : 'firstConnection';
}
