import type { PartyKind } from '#kernel/auth/viewer.js';
import type { EventType } from '#kernel/events/catalogue.js';
import type { HubEvent } from '#kernel/events/event.js';
import type { StreamField } from '#kernel/streams/stream-field.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { homeTeam } from './team-tie.js';

export const connectionKinds = {
  'people.teamTie.firstConnected': 'FIRST_CONNECTION',
  'people.teamTie.connected': 'CONNECTED',
  'people.teamTie.reciprocated': 'RECIPROCATED',
  'people.teamTie.endangered': 'AT_RISK',
  'people.teamTie.wentDormant': 'DORMANT',
  'people.teamTie.revived': 'REVIVED',
} as const satisfies Partial<Record<EventType, string>>;

type TeamTieEventType = keyof typeof connectionKinds;
export type ConnectionKind = (typeof connectionKinds)[TeamTieEventType];

/** What is streamed when no kinds are named: that a connection is made, not that one falls asleep. */
const madeKinds: readonly ConnectionKind[] = ['FIRST_CONNECTION', 'CONNECTED', 'RECIPROCATED', 'REVIVED'];

export interface CrossTeamConnectionFilter {
  readonly after?: string | null;
  readonly teams?: readonly string[] | null;
  readonly organizations?: readonly string[] | null;
  readonly partyKinds?: readonly PartyKind[] | null;
  readonly kinds?: readonly ConnectionKind[] | null;
  readonly spaces?: readonly string[] | null;
}

/** The tie of two teams changed. */
export interface CrossTeamConnection {
  readonly event: HubEvent<TeamTieEventType>;
  readonly kind: ConnectionKind;
}

export function toCrossTeamConnection(event: HubEvent): CrossTeamConnection | undefined {
  return isTeamTieEvent(event) ? { event, kind: connectionKinds[event.type] } : undefined;
}

export const crossTeamConnectionMade: StreamField<CrossTeamConnectionFilter, PeopleContext> = {
  types: Object.keys(connectionKinds) as TeamTieEventType[],
  matches(event, { teams, organizations, partyKinds, kinds, spaces }) {
    return (
      isTeamTieEvent(event) &&
      (kinds ?? madeKinds).includes(connectionKinds[event.type]) &&
      meets(teams, event.data.teams) &&
      meets(organizations, event.data.organizations) &&
      meets(partyKinds, event.data.parties) &&
      meets(spaces, [event.space])
    );
  },
  async visible(event, ctx, { spaces }) {
    if (!isTeamTieEvent(event)) return false;
    const teams = await Promise.all(event.data.teams.map((id) => homeTeam(ctx, id)));
    // Who asks for a space learns that the connection came from there.
    const space = spaces && event.space !== null ? await ctx.spaces.load(event.space) : undefined;
    return teams.every((team) => team !== null) && space !== null;
  },
};

function meets<Value>(wanted: readonly Value[] | null | undefined, found: readonly (Value | null)[]): boolean {
  return !wanted || found.some((value) => value !== null && wanted.includes(value));
}

/** The two people of whose tie it came, if the viewer sees both and both let ties be kept; nobody otherwise. */
export async function peopleOf({ event }: CrossTeamConnection, ctx: PeopleContext): Promise<Person[]> {
  const ids = event.data.people;
  const consenting = await Promise.all(ids.map((id) => ctx.consents.load(id)));
  if (!consenting.every(({ ties }) => ties)) return [];
  const people = await Promise.all(ids.map((id) => ctx.people.load(id)));
  const found = people.filter((person) => person !== null);
  return found.length === ids.length ? found : [];
}

function isTeamTieEvent(event: HubEvent): event is HubEvent<TeamTieEventType> {
  return Object.hasOwn(connectionKinds, event.type);
}
