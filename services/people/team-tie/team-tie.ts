import { kindOfId } from '#kernel/ids/id.js';
import type { Organization } from '../organization/organization.entity.js';
import type { PeopleContext } from '../people-context.js';
import type { Team } from '../team/team.entity.js';
import { between, decayed } from '../tie/decay.js';
import { atRiskAfterMs, dormantAfterMs, type TeamTieState } from './team-tie-story.js';

/** The tie of two teams as it is stored. */
export interface TeamTie {
  readonly id: string;
  readonly number: string;
  readonly g: string;
  readonly h: string;
  readonly state: TeamTieState;
  readonly weight: number;
  readonly interactions: number;
  readonly pairs: number;
  readonly since: Date;
  readonly lastAt: Date;
}

export const teamTieStandings = {
  FIRST_CONNECTION: 'FIRST_CONNECTION',
  CONNECTED: 'CONNECTED',
  RECIPROCATED: 'RECIPROCATED',
  REVIVED: 'REVIVED',
  AT_RISK: 'AT_RISK',
  DORMANT: 'DORMANT',
} as const;
export type TeamTieStanding = keyof typeof teamTieStandings;

const standings = {
  firstConnection: 'FIRST_CONNECTION',
  connected: 'CONNECTED',
  reciprocated: 'RECIPROCATED',
  revived: 'REVIVED',
} as const;

/** What the tie of two teams is at present: silence puts it at risk, then makes it dormant, without anything being written. */
export function teamStandingOf({ state, lastAt }: Pick<TeamTie, 'state' | 'lastAt'>, now: Date): TeamTieStanding {
  const silent = between(lastAt, now);
  if (silent >= dormantAfterMs) return 'DORMANT';
  return silent >= atRiskAfterMs ? 'AT_RISK' : standings[state];
}

/** A figure that one pair makes alone would be one of two persons. */
export function ofSeveral<Figure>({ pairs }: Pick<TeamTie, 'pairs'>, figure: Figure): Figure | null {
  return pairs > 1 ? figure : null;
}

export function teamStrengthOf(tie: TeamTie, now: Date): number | null {
  return ofSeveral(tie, decayed(tie.weight, between(tie.lastAt, now)));
}

export type HomeTeam = Team | Organization;

/** A team, or the organisation of people from outside; null when the viewer may not see it. */
export async function homeTeam(ctx: PeopleContext, id: string): Promise<HomeTeam | null> {
  return kindOfId(id) === 'Organization' ? ctx.organizations.load(id) : ctx.teams.load(id);
}

/** Of a home, its organisation: itself, or that of the team. */
export async function organizationOf(ctx: PeopleContext, id: string): Promise<string | null> {
  if (kindOfId(id) === 'Organization') return id;
  return (await ctx.teams.load(id))?.organizationId ?? null;
}

export function crossesBorder([one, other]: readonly (string | null | undefined)[]): boolean {
  return one != null && other != null && one !== other;
}
