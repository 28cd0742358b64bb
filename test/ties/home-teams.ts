import { groupBy } from './group-by.js';
import type { RawHistory, RawMembership, RawPerson } from './raw-events.js';

/** Where somebody belonged at a time: a team, or for an outsider the organisation; null when nowhere. */
export type HomeOf = (person: string, at: Date) => string | null;

/**
 * Of several teams at once, home is the one joined last, and of those joined at once the one entered first. Before the first membership that is known, somebody is taken to have
 * been where they are first seen: imported people often bear no dates, and nothing says that they were elsewhere.
 */
export function homeTeams({ people, memberships }: Pick<RawHistory, 'people' | 'memberships'>): HomeOf {
  const known = new Map(people.map((person) => [person.id, person]));
  const histories = groupBy(memberships.toSorted(inOrder), ({ person }) => person);
  return (id, at) => {
    const person = known.get(id);
    if (!person) return null;
    return isOutsider(person) ? person.organization : teamAt(histories.get(id) ?? [], at);
  };
}

function isOutsider({ party }: RawPerson): boolean {
  return party !== 'internal';
}

function teamAt(history: readonly RawMembership[], at: Date): string | null {
  const [first] = history;
  if (!first) return null;
  if (at < first.beganAt) return first.team;
  const present = history.filter(({ beganAt, endedAt }) => beganAt <= at && (endedAt === null || at < endedAt));
  const lastJoined = present.at(-1)?.beganAt.getTime();
  return present.find(({ beganAt }) => beganAt.getTime() === lastJoined)?.team ?? null;
}

function inOrder(a: RawMembership, b: RawMembership): number {
  return a.beganAt.getTime() - b.beganAt.getTime() || (a.id < b.id ? -1 : 1);
}
