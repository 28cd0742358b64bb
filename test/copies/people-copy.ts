import type { TestClient } from '../hub/graphql-client.js';
import { addMember, openSpace, registerOrganization, registerPerson } from '../hub/seed.js';
import { byId } from './by-id.js';
import type { CopiedService, Copy } from './copied-service.js';
import { change } from './do.js';
import { type PeopleScene, peopleDeeds } from './people-deeds.js';
import { readPages } from './read-pages.js';

interface Shown {
  readonly id: string;
}

interface OfOrganization extends Shown {
  readonly organization: Shown | null;
}

interface Member {
  readonly role: string;
  readonly person: OfOrganization;
}

interface Directory {
  readonly organizations: readonly Shown[];
  readonly people: readonly OfOrganization[];
  readonly teams: readonly OfOrganization[];
}

const person = 'id name handle party skills createdAt updatedAt organization { id }';
const team =
  'id name purpose createdAt updatedAt organization { id } parent { id } members(first: 50) { nodes { id beganAt person { id } } }';
const organization = 'id name relation domains createdAt updatedAt';
const space = 'id name purpose visibility createdAt updatedAt viewerRole owners { id }';

interface PeopleEvent {
  readonly kind: string;
  readonly role: string | null;
  readonly personId: string | null;
  readonly person: OfOrganization | null;
  readonly team: OfOrganization | null;
  readonly organization: Shown | null;
  readonly space: Shown | null;
}

/** A space with its members, and for those who find it the directory: organisations, and the people and teams of one. */
class PeopleCopy implements Copy {
  private readonly members = new Map<string, string>();
  private readonly people = new Map<string, OfOrganization>();
  private readonly teams = new Map<string, OfOrganization>();
  private readonly organizations = new Map<string, Shown>();

  constructor(
    private space: Shown,
    private readonly shownOrganization: string,
    members: readonly Member[],
    private readonly directory: Directory | undefined,
  ) {
    for (const { role, person } of members) {
      this.members.set(person.id, role);
      this.people.set(person.id, person);
    }
    for (const one of directory?.people ?? []) this.people.set(one.id, one);
    for (const one of directory?.teams ?? []) this.teams.set(one.id, one);
    for (const one of directory?.organizations ?? []) this.organizations.set(one.id, one);
  }

  apply(_stream: string, event: unknown): void {
    this.take(event as PeopleEvent);
  }

  view(): unknown {
    const ours = (one: OfOrganization) => one.organization?.id === this.shownOrganization;
    const members = [...this.members].map(([id, role]) => ({ id, role, person: this.people.get(id) })).sort(byId);
    if (!this.directory) return { space: this.space, members };
    return {
      space: this.space,
      members,
      organizations: [...this.organizations.values()].sort(byId),
      people: [...this.people.values()].filter(ours).sort(byId),
      teams: [...this.teams.values()].filter(ours).sort(byId),
    };
  }

  private take(event: PeopleEvent): void {
    switch (event.kind) {
      case 'ORGANIZATION_REGISTERED':
      case 'ORGANIZATION_REVISED':
        return put(this.organizations, event.organization);
      case 'PERSON_REGISTERED':
      case 'PERSON_REVISED':
        return put(this.people, event.person);
      case 'TEAM_FORMED':
      case 'TEAM_REVISED':
      case 'MEMBERSHIP_BEGAN':
      case 'MEMBERSHIP_ENDED':
        return put(this.teams, event.team);
      case 'SPACE_OPENED':
      case 'SPACE_REVISED':
        if (event.space?.id === this.space.id) this.space = event.space;
        return;
      case 'SPACE_MEMBER_ADDED':
      case 'SPACE_MEMBER_REMOVED':
        if (event.space?.id === this.space.id) this.takeMember(event);
        return;
      default:
        throw new Error(`Nobody has said what "${event.kind}" means for a copy of people.`);
    }
  }

  private takeMember({ kind, role, person, personId }: PeopleEvent): void {
    put(this.people, person);
    if (personId === null) throw new Error(`${kind} does not say of whom.`);
    if (kind === 'SPACE_MEMBER_ADDED' && role !== null) this.members.set(personId, role);
    else this.members.delete(personId);
  }
}

function put<One extends Shown>(all: Map<string, One>, one: One | null): void {
  if (one) all.set(one.id, one);
}

const pageOfMembers = `query ($id: ID!, $after: String) { owner: space(id: $id) { page: members(first: 50, after: $after) {
  nodes { role person { ${person} } } pageInfo { hasNextPage endCursor } } } }`;
const pageOf = (list: string, fields: string) =>
  `query ($id: ID!, $after: String) { owner: organization(id: $id) { page: ${list}(first: 20, after: $after) {
    nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;

async function readDirectory(client: TestClient, { organization: id, organizations }: PeopleScene): Promise<Directory> {
  const { nodes } = await client.run<{ nodes: Shown[] }>(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Organization { ${organization} } } }`,
    { ids: organizations },
  );
  return {
    organizations: nodes,
    people: await readPages(client, pageOf('people', person), id),
    teams: await readPages(client, pageOf('teams', team), id),
  };
}

export const copiedPeople: CopiedService<PeopleScene> = {
  position: 'peoplePosition',
  atOnce: 4,
  deeds: peopleDeeds,
  followers: ({ jon, lea }) => ({ 'one of the host': jon, 'a guest from outside': lea }),
  async prepare(hub) {
    const [organization, other] = [await registerOrganization(hub), await registerOrganization(hub)];
    const mira = await registerPerson(hub, { name: 'Mira' });
    const jon = await registerPerson(hub, { name: 'Jon' });
    const lea = await registerPerson(hub, { name: 'Lea', party: 'CUSTOMER', organization: other });
    const space = await openSpace(hub, mira, { visibility: 'PRIVATE' });
    for (const { id } of [jon, lea]) await addMember(hub, mira, space, id);
    const lists = { people: [], teams: [], organizations: [organization, other] };
    return { admin: hub.admin, space, organization, other, mira, jon, lea, ...lists };
  },
  streams: () => [
    {
      field: 'peopleActivity',
      args: '',
      selection: `kind role personId person { ${person} } team { ${team} } organization { ${organization} } space { ${space} }`,
    },
  ],
  async read(client, scene) {
    const { found } = await client.run<{ found: Shown }>(`query ($id: ID!) { found: space(id: $id) { ${space} } }`, {
      id: scene.space,
    });
    const members = await readPages<Member>(client, pageOfMembers, scene.space);
    const directory = client.token === scene.lea.token ? undefined : await readDirectory(client, scene);
    return new PeopleCopy(found, scene.organization, members, directory);
  },
  async lastWord({ mira, space }) {
    return { peopleActivity: await change(mira, 'reviseSpace', { space, purpose: 'The last word' }) };
  },
};
