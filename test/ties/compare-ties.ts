import { homeTeams } from './home-teams.js';
import { interactionsOf } from './interactions-of.js';
import { type KeptTies, readKeptTies } from './kept-ties.js';
import { type Pair, retell, type Told } from './oracle.js';
import { readRawHistory } from './raw-events.js';
import type { TeamRelation } from './team-chronicle.js';

export interface Comparison {
  readonly kept: KeptTies;
  readonly told: Told;
  /** Everything in which the hub and the retelling are not of one mind, in words. */
  readonly differences: readonly string[];
}

/** Holds the ties of a hub against what its raw events say. */
export async function compareTies(databaseUrl: string): Promise<Comparison> {
  const [history, kept] = await Promise.all([readRawHistory(databaseUrl), readKeptTies(databaseUrl)]);
  const told = retell(interactionsOf(history.events), homeTeams(history), new Date());
  return { kept, told, differences: [...differencesOfPairs(kept, told), ...differencesOfTeams(kept, told)] };
}

/** Of 0.1 or more, weights of the same deeds in another order differ in their last digits only. */
const tolerance = 1e-6;

function differencesOfPairs({ ties }: KeptTies, { pairs }: Told): string[] {
  const shown = (tie: Pick<Pair, 'a' | 'b' | 'revivals' | 'firstAt' | 'lastAt'>, state: string) =>
    `${state}, ${tie.revivals} revivals, ${tie.firstAt.toISOString()} to ${tie.lastAt.toISOString()}`;
  const kept = new Map(ties.map((tie) => [`tie ${tie.a} ${tie.b}`, tie]));
  const told = new Map(pairs.map((pair) => [`tie ${pair.a} ${pair.b}`, pair]));
  return differ(kept, told, (tie, pair) => {
    // A hub tells silence when it looks for it; before that a tie stands as it was left.
    const state = tie.state === 'DORMANT' || tie.state === 'LOST' ? pair.state : pair.met;
    const [one, other] = [shown(tie, tie.state), shown(pair, state)];
    if (one !== other) return `${one}; told: ${other}`;
    const off = Math.max(Math.abs(tie.aTowardsB - pair.aTowardsB), Math.abs(tie.bTowardsA - pair.bTowardsA));
    return off > tolerance ? `${tie.aTowardsB}/${tie.bTowardsA}; told: ${pair.aTowardsB}/${pair.bTowardsA}` : undefined;
  });
}

function differencesOfTeams({ teamTies }: KeptTies, { teams }: Told): string[] {
  const kept = new Map(teamTies.map((tie) => [`team tie ${tie.one} ${tie.other}`, tie]));
  const told = new Map(teams.map((team) => [`team tie ${team.one} ${team.other}`, team]));
  return differ(kept, told, (tie, team) => {
    const one = `${tie.state}, ${tie.revivals} revivals, until ${tie.lastAt.toISOString()}`;
    const other = `${stateOf(team)}, ${team.revivals} revivals, until ${team.lastAt.toISOString()}`;
    return one === other ? undefined : `${one}; told: ${other}`;
  });
}

/** The furthest that two teams have come. */
function stateOf({ reciprocated, pairs, revivals }: TeamRelation): string {
  if (reciprocated) return 'reciprocated';
  if (pairs >= 2) return 'connected';
  return revivals > 0 ? 'revived' : 'firstConnection';
}

function differ<Kept, Told>(
  kept: ReadonlyMap<string, Kept>,
  told: ReadonlyMap<string, Told>,
  difference: (kept: Kept, told: Told) => string | undefined,
): string[] {
  const invented = [...kept.keys()].filter((name) => !told.has(name)).map((name) => `${name}: nothing told of it`);
  const others = [...told].flatMap(([name, one]) => {
    const other = kept.get(name);
    const what = other === undefined ? 'the hub does not know it' : difference(other, one);
    return what === undefined ? [] : [`${name}: ${what}`];
  });
  return [...invented, ...others];
}
