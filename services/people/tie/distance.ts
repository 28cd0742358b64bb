import { statement } from '#kernel/database/statement.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import type { Team } from '../team/team.entity.js';
import { later } from './decay.js';
import { isSelf } from './tie.policy.js';
import { lostAfterMs } from './tie-story.js';

/** How far two people are from each other, by ties that are not lost. */
export interface Distance {
  /** 0 for oneself; null where no way of at most three ties was found. */
  readonly hops: number | null;
  readonly sharedContactCount: number;
  readonly sharedContacts: readonly Person[];
  readonly sharedTeams: readonly Team[];
  readonly explanation: string;
}

/** So many are named; nobody reads more. */
export const maxNamed = 5;
/** Of each person the strongest ties are looked at: who has more of them knows nobody better for it. */
const maxContacts = 500;

const contacts = (person: string) => `
  SELECT b, rank FROM tie WHERE a = ${person} AND state <> 'contact' AND last_at > $3 ORDER BY rank DESC LIMIT ${maxContacts}`;
const look = statement(`
  WITH mine AS (${contacts('$1')}), theirs AS (${contacts('$2')}),
    shared AS (SELECT m.b, least(m.rank, t.rank) AS rank FROM mine m JOIN theirs t ON t.b = m.b)
  SELECT EXISTS (SELECT 1 FROM mine WHERE b = $2) AS direct,
    (SELECT count(*)::integer FROM shared) AS "sharedContactCount",
    ARRAY(SELECT b FROM shared ORDER BY rank DESC, b LIMIT ${maxNamed}) AS contacts,
    EXISTS (
      SELECT 1 FROM theirs h JOIN tie t ON t.a = h.b AND t.state <> 'contact' AND t.last_at > $3 JOIN mine m ON m.b = t.b
    ) AS three,
    ARRAY(
      SELECT DISTINCT m.team_id FROM membership m JOIN membership o ON o.team_id = m.team_id
      WHERE m.person_id = $1 AND o.person_id = $2 AND m.ended_at IS NULL AND o.ended_at IS NULL ORDER BY 1 LIMIT ${maxNamed}
    ) AS teams`);

interface Look {
  readonly direct: boolean;
  readonly sharedContactCount: number;
  readonly contacts: readonly string[];
  readonly three: boolean;
  readonly teams: readonly string[];
}

/** The distance of the viewer to somebody; null for the distance of anybody else, which is nobody's business. */
export async function distanceTo(ctx: PeopleContext, from: string, to: string): Promise<Distance | null> {
  const other = isSelf(ctx.viewer, from) ? await ctx.people.load(to) : null;
  if (!other) return null;
  const [found] = await ctx.db.read<Look>(look, [from, to, later(ctx.now(), -lostAfterMs)]);
  if (!found) return null;
  const people = await Promise.all(found.contacts.map((id) => ctx.people.load(id)));
  const teams = await Promise.all(found.teams.map((id) => ctx.teams.load(id)));
  const facts = {
    hops: from === to ? 0 : hopsOf(found),
    sharedContactCount: found.sharedContactCount,
    sharedContacts: people.filter((person) => person !== null),
    sharedTeams: teams.filter((team) => team !== null),
  };
  return { ...facts, explanation: explain(facts, other.name) };
}

function hopsOf({ direct, sharedContactCount, three }: Look): number | null {
  if (direct) return 1;
  if (sharedContactCount > 0) return 2;
  return three ? 3 : null;
}

/** In words, of what the viewer may know only: their own contacts and teams. */
export function explain(
  { hops, sharedContactCount, sharedContacts, sharedTeams }: Omit<Distance, 'explanation'>,
  name: string,
): string {
  if (hops === 0) return 'This is you.';
  const sentences = [stepIn(hops, name)];
  if (sharedContactCount > 0) {
    const more = sharedContactCount - sharedContacts.length;
    const names = sharedContacts.map((contact) => contact.name);
    const all = more > 0 ? [...names, `${more} more`] : names;
    sentences.push(`You share ${counted(sharedContactCount, 'contact')}: ${listed(all)}.`);
  }
  if (sharedTeams.length > 0) sentences.push(`You are both in ${listed(sharedTeams.map((team) => team.name))}.`);
  return sentences.join(' ');
}

function stepIn(hops: number | null, name: string): string {
  if (hops === 1) return `You have a tie with ${name}.`;
  if (hops === 2) return `You have no tie with ${name}, but you know somebody who has.`;
  if (hops === 3) return `Somebody you have a tie with has one with somebody who has one with ${name}.`;
  return `No way of up to three ties leads from you to ${name}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
