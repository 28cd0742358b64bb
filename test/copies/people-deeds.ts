import type { TestClient } from '../hub/graphql-client.js';
import type { TestPerson } from '../hub/seed.js';
import type { Deed } from './copied-service.js';
import { attempt, make } from './do.js';

export interface PeopleScene {
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

/** What happens in a directory and in a space of it. */
export const peopleDeeds: readonly Deed<PeopleScene>[] = [
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
    (mutation): Deed<PeopleScene> => ({
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
