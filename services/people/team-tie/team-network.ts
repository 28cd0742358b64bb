import { condition, toStatement } from '#kernel/connections/condition.js';
import { requestError } from '#kernel/errors/request-error.js';
import { visibleSpace } from '#kernel/spaces/visible-space.js';
import type { PeopleContext } from '../people-context.js';
import { dayMs, halfLifeMs, later } from '../tie/decay.js';
import type { TeamTie } from './team-tie.js';
import { visibleTeamTie } from './team-tie.policy.js';
import { teamTieColumns } from './team-tie-list.js';

/** A tie in a network, as strong as it is there. */
export interface NetworkTie extends TeamTie {
  /** In the space that was asked for, or everywhere: see `rankOf`. */
  readonly rank: number;
}

/** Teams and their ties, as far as they can be drawn. */
export interface TeamNetwork {
  readonly edges: readonly NetworkTie[];
  /** False when there are more ties than fit; then these are the strongest. */
  readonly complete: boolean;
}

/** More lines than these nobody can read in a drawing. */
export const maxEdges = 200;
export const maxWindowDays = 3_650;

/** The strongest ties of teams that something was done for in the last days, in one space or everywhere. */
export async function teamNetwork(ctx: PeopleContext, space: string | null, windowDays: number): Promise<TeamNetwork> {
  if (windowDays < 1 || windowDays > maxWindowDays) {
    throw requestError('BAD_INPUT', `A window is 1 to ${maxWindowDays} days long; this one is ${windowDays}.`);
  }
  const since = later(ctx.now(), -windowDays * dayMs);
  const { statement, values } = space === null ? everywhere(ctx, since) : within(ctx, space, since);
  const ties = await ctx.db.read<NetworkTie>(statement, values);
  return { edges: ties.slice(0, maxEdges), complete: ties.length <= maxEdges };
}

function everywhere({ viewer }: PeopleContext, since: Date) {
  return toStatement(
    (place) => `
      SELECT ${teamTieColumns}, t.rank FROM team_tie t
      WHERE t.last_at > ${place(condition('?', since))} AND ${place(visibleTeamTie(viewer))}
      ORDER BY t.rank DESC, t.id LIMIT ${maxEdges + 1}`,
  );
}

function within({ viewer }: PeopleContext, space: string, since: Date) {
  return toStatement(
    (place) => `
      SELECT ${teamTieColumns}, s.rank FROM team_tie_space s JOIN team_tie t ON t.number = s.team_tie
      WHERE s.space = ${place(condition('?', space))} AND s.last_at > ${place(condition('?', since))}
        AND ${place(visibleTeamTie(viewer))} AND ${place(visibleSpace(viewer, 's.space', 'space'))}
      ORDER BY s.rank DESC, t.id LIMIT ${maxEdges + 1}`,
  );
}

/** The ids of the teams, those with most ties first, and how many ties of this network each has. */
export function nodesOf({ edges }: TeamNetwork): { readonly id: string; readonly connections: number }[] {
  const counts = new Map<string, number>();
  for (const id of edges.flatMap(({ g, h }) => [g, h])) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .map(([id, connections]) => ({ id, connections }))
    .sort((one, other) => other.connections - one.connections || (one.id < other.id ? -1 : 1));
}

const boldest = 5;

/** How boldly to draw a tie, from 1 to 5: in steps of doubled strength, and 1 for a single pair, of whom it tells no more. */
export function boldnessOf({ pairs, rank }: NetworkTie, now: Date): number {
  if (pairs < 2) return 1;
  const strengthLog = rank - now.getTime() / halfLifeMs;
  return Math.min(boldest, Math.max(1, 2 + Math.floor(strengthLog)));
}
