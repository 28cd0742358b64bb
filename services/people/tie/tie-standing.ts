import { between, decayed } from './decay.js';
import { dormantAfterMs, lostAfterMs, type TieState } from './tie-story.js';

/** A tie as it is stored, from the side of `a`. */
export interface Tie {
  readonly a: string;
  readonly b: string;
  readonly state: TieState;
  readonly weight: number;
  readonly returned: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly since: Date | null;
}

export const tieStandings = {
  CONTACT: 'CONTACT',
  TIE: 'TIE',
  RECIPROCAL: 'RECIPROCAL',
  REVIVED: 'REVIVED',
  DORMANT: 'DORMANT',
  LOST: 'LOST',
} as const;
export type TieStanding = keyof typeof tieStandings;

const standings = { contact: 'CONTACT', tie: 'TIE', reciprocal: 'RECIPROCAL', revived: 'REVIVED' } as const;

/** What a tie is at present: silence makes it dormant, then lost, without anything being written. */
export function standingOf({ state, lastAt }: Pick<Tie, 'state' | 'lastAt'>, now: Date): TieStanding {
  const silent = between(lastAt, now);
  if (state !== 'contact' && silent >= lostAfterMs) return 'LOST';
  if (state !== 'contact' && silent >= dormantAfterMs) return 'DORMANT';
  return standings[state];
}

export function strengthOf({ weight, returned, lastAt }: Tie, now: Date): number {
  return decayed(weight + returned, between(lastAt, now));
}

/** Both directions decay alike, so how mutual a tie is does not change with time. */
export function mutualityOf({ weight, returned }: Tie): number {
  const greater = Math.max(weight, returned);
  return greater === 0 ? 0 : Math.min(weight, returned) / greater;
}
