import type { EventData, EventType } from '#kernel/events/catalogue.js';
import type { HubEvent } from '#kernel/events/event.js';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';
import type { StreamField } from '#kernel/streams/stream-field.js';
import type { PeopleContext } from '../people-context.js';

export interface PeopleActivityFilter {
  readonly after?: string | null;
  readonly space?: string | null;
  readonly organization?: string | null;
  readonly team?: string | null;
}

/** Of tokens and of dealings outside the hub nothing is streamed. */
export const peopleActivityKinds = {
  'people.organization.registered': 'ORGANIZATION_REGISTERED',
  'people.organization.revised': 'ORGANIZATION_REVISED',
  'people.person.registered': 'PERSON_REGISTERED',
  'people.person.revised': 'PERSON_REVISED',
  'people.team.formed': 'TEAM_FORMED',
  'people.team.revised': 'TEAM_REVISED',
  'people.membership.began': 'MEMBERSHIP_BEGAN',
  'people.membership.ended': 'MEMBERSHIP_ENDED',
  'people.space.opened': 'SPACE_OPENED',
  'people.space.revised': 'SPACE_REVISED',
  'people.space.memberAdded': 'SPACE_MEMBER_ADDED',
  'people.space.memberRemoved': 'SPACE_MEMBER_REMOVED',
} as const satisfies Partial<Record<EventType, string>>;

type PeopleEventType = keyof typeof peopleActivityKinds;
export type PeopleActivityKind = (typeof peopleActivityKinds)[PeopleEventType];

/** Whatever happens in the directory and around spaces: what it is, whom and what it concerns, and the facts of the change. */
export interface PeopleActivity {
  readonly event: HubEvent;
  readonly kind: PeopleActivityKind;
  readonly personId: string | null;
  readonly teamId: string | null;
  readonly organizationId: string | null;
  readonly spaceId: string | null;
  readonly role: SpaceRole | null;
  readonly changed: readonly string[];
}

type Facts = Partial<Omit<PeopleActivity, 'event' | 'kind'>>;

const factsOf: { readonly [Type in PeopleEventType]: (subject: string, data: EventData<Type>) => Facts } = {
  'people.organization.registered': (organizationId) => ({ organizationId }),
  'people.organization.revised': (organizationId, data) => ({ organizationId, changed: fieldsIn(data) }),
  'people.person.registered': (personId, { organization }) => ({ personId, organizationId: organization }),
  'people.person.revised': (personId, data) => ({
    personId,
    organizationId: data.organization,
    changed: fieldsIn(data),
  }),
  'people.team.formed': (teamId, { organization }) => ({ teamId, organizationId: organization }),
  'people.team.revised': (teamId, data) => ({ teamId, organizationId: data.organization, changed: fieldsIn(data) }),
  'people.membership.began': (_, data) => moveIn(data),
  'people.membership.ended': (_, data) => moveIn(data),
  'people.space.opened': (spaceId) => ({ spaceId }),
  'people.space.revised': (spaceId, data) => ({ spaceId, changed: fieldsIn(data) }),
  'people.space.memberAdded': (spaceId, { person, role }) => ({ spaceId, personId: person, role }),
  'people.space.memberRemoved': (spaceId, { person }) => ({ spaceId, personId: person }),
};

function moveIn({ person, team, organization }: EventData<'people.membership.began'>): Facts {
  return { personId: person, teamId: team, organizationId: organization };
}

/** The log names what a row keeps, such as organizationId; the schema calls the field by what it leads to. */
function fieldsIn({ changed }: { changed: readonly string[] }): string[] {
  return changed.map((field) => field.replace(/Id$/, ''));
}

/** Reads an event of the log as activity; undefined for events that are none. */
export function toPeopleActivity(event: HubEvent): PeopleActivity | undefined {
  return isActivity(event) ? read(event) : undefined;
}

function read<Type extends PeopleEventType>(event: HubEvent<Type>): PeopleActivity {
  const {
    personId = null,
    teamId = null,
    organizationId = null,
    spaceId = null,
    role = null,
    changed = [],
  } = factsOf[event.type](event.subject, event.data);
  return { event, kind: peopleActivityKinds[event.type], personId, teamId, organizationId, spaceId, role, changed };
}

function isActivity(event: HubEvent): event is HubEvent<PeopleEventType> {
  return Object.hasOwn(peopleActivityKinds, event.type);
}

/** What happens to people, teams, organisations and spaces. */
export const peopleActivity: StreamField<PeopleActivityFilter, PeopleContext> = {
  types: Object.keys(peopleActivityKinds) as PeopleEventType[],
  matches(event, { space, organization, team }) {
    const activity = toPeopleActivity(event);
    return (
      activity !== undefined &&
      (!space || space === activity.spaceId) &&
      (!organization || concerns(organization, activity)) &&
      (!team || team === activity.teamId)
    );
  },
  async visible(event, ctx) {
    const activity = toPeopleActivity(event);
    return activity !== undefined && exists(activity, ctx);
  },
};

function concerns(organization: string, { event, organizationId }: PeopleActivity): boolean {
  return organization === organizationId || ('owners' in event.data && event.data.owners.includes(organization));
}

/** What happens in a space exists for those for whom the space does, the rest for those who find whom it concerns. */
async function exists({ spaceId, personId, teamId, organizationId }: PeopleActivity, ctx: PeopleContext) {
  if (spaceId !== null && (await ctx.spaces.load(spaceId)) === null) return false;
  // That somebody joins or leaves is told to those who see them, or who saw them before: the space shows its people.
  if (spaceId !== null) return personId === null || ctx.showsPeople.load(spaceId);
  if (teamId !== null) return (await ctx.teams.load(teamId)) !== null;
  if (personId !== null) return (await ctx.peopleNow.load(personId)) !== null;
  return organizationId !== null && (await ctx.organizations.load(organizationId)) !== null;
}
