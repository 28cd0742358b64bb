import { dayMs } from './interaction.js';

const riskMs = 45 * dayMs;
const dormantMs = 90 * dayMs;

export type TeamState = 'LIVE' | 'AT_RISK' | 'DORMANT';
export type TeamMilestoneKind = 'FIRST_CONNECTION' | 'CONNECTED' | 'RECIPROCATED' | 'REVIVED';

/** What two teams (or an organisation of outsiders and a team) are to each other; `one` sorts before `other`. */
export interface TeamRelation {
  readonly one: string;
  readonly other: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** How often they slept and were woken. */
  readonly revivals: number;
  /** Pairs of people that hold them together since they first connected or were last revived. */
  readonly pairs: number;
  /** Since then. */
  readonly reciprocated: boolean;
  readonly state: TeamState;
}

export interface TeamMilestone {
  readonly kind: TeamMilestoneKind;
  readonly one: string;
  readonly other: string;
  readonly at: Date;
}

interface Bond {
  readonly one: string;
  readonly other: string;
  readonly firstAt: Date;
  lastAt: Date;
  revivals: number;
  readonly pairs: Set<string>;
  reciprocated: boolean;
}

/** A day on which two people who have a tie dealt with each other. */
export interface Meeting {
  readonly pair: string;
  readonly homes: readonly [string | null, string | null];
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly mutual: boolean;
}

/** What ties between people of different teams make of the teams, told in the order of time. */
export class TeamChronicle {
  private readonly bonds = new Map<string, Bond>();
  private readonly milestones: TeamMilestone[] = [];

  meet({ pair, homes: [one, other], firstAt, lastAt, mutual }: Meeting): void {
    if (one === null || other === null || one === other) return;
    const bond = this.bondOf([one, other], lastAt);
    if (firstAt.getTime() - bond.lastAt.getTime() >= dormantMs) this.revive(bond, lastAt);
    bond.lastAt = lastAt > bond.lastAt ? lastAt : bond.lastAt;
    this.join(bond, pair, lastAt);
    if (!mutual || bond.reciprocated) return;
    bond.reciprocated = true;
    this.tell('RECIPROCATED', bond, lastAt);
  }

  /** What was between them has ended; from here on it is judged anew. */
  private revive(bond: Bond, at: Date): void {
    bond.revivals += 1;
    bond.pairs.clear();
    bond.reciprocated = false;
    this.tell('REVIVED', bond, at);
  }

  asOf(now: Date): { teams: TeamRelation[]; milestones: TeamMilestone[] } {
    const teams = [...this.bonds.values()].map((bond) => ({
      ...bond,
      pairs: bond.pairs.size,
      state: stateAfter(now.getTime() - bond.lastAt.getTime()),
    }));
    return { teams, milestones: this.milestones.toSorted((a, b) => a.at.getTime() - b.at.getTime()) };
  }

  private bondOf(homes: [string, string], at: Date): Bond {
    const [one, other] = homes.toSorted() as [string, string];
    const key = `${one} ${other}`;
    const known = this.bonds.get(key);
    if (known) return known;
    const bond = { one, other, firstAt: at, lastAt: at, revivals: 0, pairs: new Set<string>(), reciprocated: false };
    this.bonds.set(key, bond);
    this.tell('FIRST_CONNECTION', bond, at);
    return bond;
  }

  private join(bond: Bond, pair: string, at: Date): void {
    const isSecond = bond.pairs.size === 1 && !bond.pairs.has(pair);
    bond.pairs.add(pair);
    if (isSecond) this.tell('CONNECTED', bond, at);
  }

  private tell(kind: TeamMilestoneKind, { one, other }: Bond, at: Date): void {
    this.milestones.push({ kind, one, other, at });
  }
}

function stateAfter(silence: number): TeamState {
  if (silence >= dormantMs) return 'DORMANT';
  return silence >= riskMs ? 'AT_RISK' : 'LIVE';
}
