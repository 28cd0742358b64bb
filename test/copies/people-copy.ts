import type { TestClient } from '../hub/graphql-client.js';
import { addMember, openSpace, registerOrganization, registerPerson, type TestPerson } from '../hub/seed.js';
import { byId } from './by-id.js';
import type { CopiedService, Copy, Deed } from './copied-service.js';
import { attempt, change, make } from './do.js';
import { readPages } from './read-pages.js';

interface Scene {
  readonly admin: TestClient;
  readonly space: string;
  /** Whose people and teams are shown. */
  readonly organization: string;
  readonly other: string;
  /** Owns the space. */
  readonly mira: TestPerson;
  readonly jon: TestPerson;
  /** From outside: sees those people only whom the space shows. */
  readonly lea: TestPerson;
  readonly people: string[];
  readonly teams: string[];
  readonly organizations: string[];
}

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

const deeds: readonly Deed<Scene>[] = [
  {
    name: 'register a person',
    do: (scene, picks) => {
      const input = { name: picks.words(), party: 'INTERNAL', organization: scene.organization };
      return make(scene.admin, 'registerPerson', input, 'person', scene.people);
    },
  },
  {
    name: 'revise a person',
    do: (scene, picks) => {
      const changed = picks.of({ name: picks.words() }, { skills: [picks.words()] });
      return attempt(scene.admin, 'revisePerson', { person: picks.one(scene.people), ...changed });
    },
  },
  {
    name: 'move a person',
    do: (scene, picks) => {
      const to = picks.of(scene.other, scene.organization, null);
      return attempt(scene.admin, 'revisePerson', { person: picks.one(scene.people), organization: to });
    },
  },
  {
    name: 'form a team',
    do: (scene, picks) => {
      const input = { name: picks.words(), organization: scene.organization };
      return make(scene.admin, 'formTeam', input, 'team', scene.teams);
    },
  },
  {
    name: 'revise a team',
    do: (scene, picks) => {
      const to = picks.of(null, scene.organization);
      const changed = picks.of({ name: picks.words() }, { purpose: picks.words() }, { organization: to });
      return attempt(scene.admin, 'reviseTeam', { team: picks.one(scene.teams), ...changed });
    },
  },
  ...(['joinTeam', 'leaveTeam'] as const).map(
    (mutation): Deed<Scene> => ({
      name: mutation,
      do: (scene, picks) =>
        attempt(scene.admin, mutation, { team: picks.one(scene.teams), person: picks.one(scene.people) }),
    }),
  ),
  {
    name: 'register an organisation',
    do: (scene, picks) => {
      const input = { name: picks.words(), relation: 'PARTNER' };
      return make(scene.admin, 'registerOrganization', input, 'organization', scene.organizations);
    },
  },
  {
    name: 'revise an organisation',
    do: (scene, picks) => {
      const changed = picks.of({ name: picks.words() }, { relation: picks.of('CUSTOMER', 'SUPPLIER') });
      return attempt(scene.admin, 'reviseOrganization', { organization: picks.one(scene.organizations), ...changed });
    },
  },
  {
    name: 'let a person in',
    do: (scene, picks) => {
      const input = { person: picks.one(scene.people), role: picks.of('MEMBER', 'OBSERVER', 'FACILITATOR') };
      return attempt(scene.mira, 'addSpaceMember', { space: scene.space, ...input });
    },
  },
  {
    name: 'show a person out',
    do: (scene, picks) =>
      attempt(scene.mira, 'removeSpaceMember', { space: scene.space, person: picks.one(scene.people) }),
  },
  {
    name: 'revise the space',
    do: (scene, picks) => {
      const changed = picks.of(
        { name: picks.words() },
        { purpose: picks.words() },
        { owners: [scene.other] },
        { owners: [] },
      );
      return attempt(scene.mira, 'reviseSpace', { space: scene.space, ...changed });
    },
  },
  {
    name: 'open another space',
    do: (scene, picks) => attempt(scene.jon, 'openSpace', { name: picks.words(), visibility: 'OPEN' }),
  },
];

const pageOfMembers = `query ($id: ID!, $after: String) { owner: space(id: $id) { page: members(first: 50, after: $after) {
  nodes { role person { ${person} } } pageInfo { hasNextPage endCursor } } } }`;
const pageOf = (list: string, fields: string) =>
  `query ($id: ID!, $after: String) { owner: organization(id: $id) { page: ${list}(first: 20, after: $after) {
    nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;

async function readDirectory(client: TestClient, { organization: id, organizations }: Scene): Promise<Directory> {
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

export const copiedPeople: CopiedService<Scene> = {
  position: 'peoplePosition',
  atOnce: 4,
  deeds,
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
