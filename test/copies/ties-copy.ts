import { system } from '#kernel/auth/viewer.js';
import { tellSilence } from '../../services/people/tie/tell-silence.js';
import type { TestClient } from '../hub/graphql-client.js';
import { registerPerson, type TestPerson } from '../hub/seed.js';
import type { TestHub } from '../hub/test-hub.js';
import type { CopiedService, Copy, Deed } from './copied-service.js';
import { attempt, make } from './do.js';

interface Scene {
  readonly hub: TestHub;
  /** Whose ties are shown; in a team of her own. */
  readonly mira: TestPerson;
  readonly others: readonly TestPerson[];
  /** That of mira, and that of all others. */
  readonly teams: readonly string[];
  /** The day of the last meeting, before today: time goes on from one meeting to the next. */
  day: number;
}

interface PeopleTie {
  readonly person: { readonly id: string };
  readonly state: string;
}

interface TeamTie {
  readonly id: string;
  readonly state: string;
}

interface Received {
  readonly kind: string;
  readonly tie: PeopleTie | TeamTie | null;
}

const states: Readonly<Record<string, string>> = {
  'tieChanged FORMED': 'TIE',
  'tieChanged RECIPROCATED': 'RECIPROCAL',
  'tieChanged WENT_DORMANT': 'DORMANT',
  'tieChanged LOST': 'LOST',
  'tieChanged REVIVED': 'REVIVED',
  'crossTeamConnectionMade FIRST_CONNECTION': 'FIRST_CONNECTION',
  'crossTeamConnectionMade CONNECTED': 'CONNECTED',
  'crossTeamConnectionMade RECIPROCATED': 'RECIPROCATED',
  'crossTeamConnectionMade AT_RISK': 'AT_RISK',
  'crossTeamConnectionMade DORMANT': 'DORMANT',
  'crossTeamConnectionMade REVIVED': 'REVIVED',
};

/** How one's own ties and those of one's team stand, by what was told of them alone. */
class TiesCopy implements Copy {
  private readonly standing: Map<string, string>;

  constructor(ties: readonly PeopleTie[], teamTies: readonly TeamTie[]) {
    this.standing = new Map([
      ...ties.map(({ person, state }) => [person.id, state] as const),
      ...teamTies.map(({ id, state }) => [id, state] as const),
    ]);
  }

  apply(stream: string, event: unknown): void {
    const { kind, tie } = event as Received;
    const state = states[`${stream} ${kind}`];
    if (state === undefined) throw new Error(`Nobody has said what "${kind}" means for a copy of ties.`);
    if (tie) this.standing.set('id' in tie ? tie.id : tie.person.id, state);
  }

  view(): unknown {
    return Object.fromEntries([...this.standing].sort());
  }
}

interface Meeting {
  readonly gaps: readonly [number, ...number[]];
  /** Whether mira is the one to whom it is done. */
  readonly back?: boolean;
  /** Which of the others it is, when nothing else is picked. */
  readonly other?: number;
}

/** Some days after the last meeting mira and another meet. */
function meet({ gaps, back = false, other: usual = 0 }: Meeting): Deed<Scene>['do'] {
  return async (scene, picks) => {
    const other = scene.others[(usual + picks.number(scene.others.length)) % scene.others.length];
    scene.day = Math.max(1, scene.day - picks.of(...gaps));
    const at = new Date(Date.now() - scene.day * dayMs).toISOString();
    const [from, to] = back ? [other?.id, scene.mira.id] : [scene.mira.id, other?.id];
    const records = [{ kind: 'interaction', from, to, at, weight: picks.of(1, 0.2) }];
    const references = [from, to].map((id) => ({ kind: 'PERSON', ref: id, id }));
    await attempt(scene.hub.admin, 'importPeopleRecords', { source: 'meetings', records, references });
  };
}

const dayMs = 86_400_000;

export const copiedTies: CopiedService<Scene> = {
  position: 'peoplePosition',
  // Each tells of a later day than the one before: told the other way round, what comes of them is another story.
  atOnce: 1,
  deeds: [
    { name: 'meet', do: meet({ gaps: [1] }) },
    { name: 'meet the next day', do: meet({ gaps: [1] }) },
    { name: 'be met', do: meet({ gaps: [1], back: true }) },
    { name: 'meet another', do: meet({ gaps: [1, 3], other: 1 }) },
    { name: 'meet another soon', do: meet({ gaps: [2, 10], other: 1 }) },
    { name: 'meet after a while', do: meet({ gaps: [50, 60] }) },
    { name: 'meet after months', do: meet({ gaps: [100, 130], back: true }) },
    { name: 'meet after a year', do: meet({ gaps: [200, 365] }) },
  ],
  followers: ({ mira }) => ({ 'whose ties they are': mira }),
  async prepare(hub) {
    const people: TestPerson[] = [];
    for (const name of ['Mira', 'Jon', 'Lea']) people.push(await registerPerson(hub, { name }));
    const [mira, ...others] = people as [TestPerson, ...TestPerson[]];
    const teams: string[] = [];
    for (const members of [[mira], others]) {
      await make(hub.admin, 'formTeam', { name: 'Some team' }, 'team', teams);
      for (const { id } of members) await attempt(hub.admin, 'joinTeam', { team: teams.at(-1), person: id });
    }
    return { hub, mira, others, teams, day: 20_000 };
  },
  streams: ({ teams: [team] }) => [
    { field: 'tieChanged', args: '', selection: 'kind tie { person { id } state }' },
    {
      field: 'crossTeamConnectionMade',
      args: `teams: ["${team}"], kinds: [FIRST_CONNECTION, CONNECTED, RECIPROCATED, REVIVED, AT_RISK, DORMANT]`,
      selection: 'kind tie { id state }',
    },
  ],
  async read(client: TestClient, { mira, teams: [team] }) {
    const { person, ofTeam } = await client.run<{
      person: { ties: { nodes: PeopleTie[] } };
      ofTeam: { ties: { nodes: TeamTie[] } };
    }>(
      `query ($person: ID!, $team: ID!) {
        person(id: $person) { ties(first: 50) { nodes { person { id } state } } }
        ofTeam: team(id: $team) { ties(first: 50) { nodes { id state } } }
      }`,
      { person: mira.id, team },
    );
    return new TiesCopy(person.ties.nodes, ofTeam.ties.nodes);
  },
  /** What happened becomes ties a little later, and that ties fell asleep is told once an hour. */
  async lastWord({ hub }) {
    const people = hub.service('people');
    if (!(await people.consumer('on-interaction-recorded').catchUp(20_000))) throw new Error('The ties are not told.');
    const { newId, now } = people.createContext({ viewer: system, requestId: 'a-chore' });
    await tellSilence({ database: people.database, newId, now, committed: () => undefined });
    return {};
  },
};
