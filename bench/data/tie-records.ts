import { seeded } from '#test/crash/random.js';

/** Of whom the queries ask. */
export const tieRefs = { person: 'p0', team: 't0' } as const;
export const tiePeople = 20_000;

const peopleOfTeam = 50;
const days = 365;
const dayMs = 24 * 3600 * 1000;

/**
 * A company of 20,000 people in 400 teams who dealt with each other over the last year: seven times of ten with one of the dozen they
 * work with, twice with somebody of the next teams, once with anybody.
 */
export function* tieRecords(interactions: number, now: Date): Generator<object> {
  yield { kind: 'organization', ref: 'host', name: 'Host', relation: 'host' };
  for (let n = 0; n < tiePeople / peopleOfTeam; n += 1)
    yield { kind: 'team', ref: `t${n}`, name: `Team ${n}`, organization: 'host' };
  const start = now.getTime() - days * dayMs;
  const joined = new Date(start - dayMs).toISOString();
  for (let n = 0; n < tiePeople; n += 1)
    yield {
      kind: 'person',
      ref: `p${n}`,
      name: `Person ${n}`,
      organization: 'host',
      party: 'internal',
      teams: [teamOf(n)],
      at: joined,
    };
  yield* interactionsSince(start, interactions);
}

function* interactionsSince(start: number, count: number): Generator<object> {
  const random = seeded(1);
  const below = (end: number) => Math.floor(random() * end);
  const step = (days * dayMs) / count;
  for (let n = 0; n < count; n += 1) {
    const from = below(tiePeople);
    const at = new Date(start + Math.floor(n * step)).toISOString();
    yield {
      kind: 'interaction',
      from: `p${from}`,
      to: `p${partnerOf(from, below)}`,
      at,
      type: n % 3 === 0 ? 'meeting' : 'message',
    };
  }
}

function partnerOf(person: number, below: (end: number) => number): number {
  const chance = below(10);
  const team = person - (person % peopleOfTeam);
  const apart = 1 + below(6);
  if (chance < 7) return team + ((person + (below(2) === 0 ? apart : peopleOfTeam - apart)) % peopleOfTeam);
  if (chance < 9) return (person + peopleOfTeam * (1 + below(5)) + below(3)) % tiePeople;
  return (person + 1 + below(tiePeople - 1)) % tiePeople;
}

function teamOf(person: number): string {
  return `t${Math.floor(person / peopleOfTeam)}`;
}
