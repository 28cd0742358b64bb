import { runCaptured } from '../../services/hub/testing/captured-command.js';
import { temporaryFolder } from '../../services/hub/testing/temporary-folder.js';
import { statementsOf } from '../hub/count-statements.js';
import { startTestHub, type TestHub, topologies } from '../hub/test-hub.js';
import { generatedRecords } from './generated-records.js';

/** What a front page shows: ideas with who is behind them, what was added to them and what is said about them. */
const pageQuery = `query Page($space: ID!, $first: Int!) {
  space(id: $space) { name ideas(first: $first, orderBy: LATEST) { totalCount nodes {
    id title stage endorsements { totalCount }
    authors { name organization { name } teams { name } }
    contributions(first: 5) { totalCount nodes { type body author { name teams { name } } } }
    conversations(first: 1) { nodes { title messageCount messages(last: 3) { nodes { body author { name } } } } }
  } pageInfo { hasNextPage endCursor } } }
}`;

interface Page {
  readonly space: {
    readonly name: string;
    readonly ideas: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly title: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean };
    };
  };
}

/** Every second one of the generated ideas is in this space. */
const ideasOfSpace = 60;
const people = Math.ceil((2 * ideasOfSpace) / 4) + 4;

describe.each(topologies)('the page query, in %s', (topology) => {
  let hub: TestHub;
  let space: string;

  beforeAll(async () => {
    hub = await startTestHub({ topology });
    space = await importSpace(hub);
  });

  afterAll(() => hub.stop());

  const page = (first: number) => hub.admin.run<Page>(pageQuery, { space, first });

  test('shows the newest ideas with all that belongs to them', async () => {
    const { ideas, ...rest } = (await page(20)).space;
    expect(rest).toEqual({ name: 'Lab' });
    expect(ideas).toMatchObject({ totalCount: ideasOfSpace, pageInfo: { hasNextPage: true } });
    const newest = Array.from({ length: 20 }, (_, place) => 2 * (ideasOfSpace - 1 - place));
    expect(ideas.nodes).toEqual(newest.map(shownIdea));
  });

  test('shows all of them when it is asked for more than there are', async () => {
    const { ideas } = (await page(100)).space;
    expect(ideas.nodes).toHaveLength(ideasOfSpace);
    expect(ideas.pageInfo.hasNextPage).toBe(false);
  });

  if (topology === 'one process') {
    test('takes 9 SQL statements in all services together, as many for 50 ideas as for 5', async () => {
      await page(5);
      const forFive = await statementsOf(hub, () => page(5));
      const forFifty = await statementsOf(hub, () => page(50));
      expect({ forFive: forFive.length, forFifty: forFifty.length }).toEqual({ forFive: 9, forFifty: 9 });
      // Only people are looked up twice: who wrote messages is known when the messages are, after the authors of ideas.
      const repeated = forFifty.filter((text, place) => forFifty.indexOf(text) !== place);
      expect(repeated).toEqual([expect.stringContaining('FROM person p')]);
    });
  }
});

async function importSpace(hub: TestHub): Promise<string> {
  await using folder = await temporaryFolder();
  const lines = generatedRecords(2 * ideasOfSpace).map((record) => JSON.stringify(record));
  const path = await folder.write('story.jsonl', lines.join('\n'));
  const env = { WEFT_TOKEN: hub.admin.token ?? '' };
  const { code, err } = await runCaptured(['import', '--url', `${hub.url}/graphql`, '--source', 'story', path], env);
  if (code !== 0) throw new Error(`The import failed: ${err}`);
  const { found } = await hub.admin.run<{ found: { id: string }[] }>(
    '{ found: peopleReferences(source: "story", references: [{ kind: SPACE, ref: "lab" }]) { id } }',
  );
  return found[0]?.id ?? '';
}

function shownIdea(n: number): object {
  return {
    id: expect.stringMatching(/^idea_/),
    title: `Idea ${n}`,
    stage: 'trial',
    endorsements: { totalCount: 3 },
    authors: [shownPerson(n), shownPerson(n + 5)],
    contributions: {
      totalCount: 2,
      nodes: [
        { type: 'QUESTION', body: `Why ${n}?`, author: inTeams(n + 1) },
        { type: 'EVIDENCE', body: `Because ${n}.`, author: inTeams(n) },
      ],
    },
    conversations: {
      nodes: [
        {
          title: `About ${n}`,
          messageCount: 3,
          messages: {
            nodes: [
              { body: `What of ${n}?`, author: { name: nameOf(n) } },
              { body: 'Fine — déjà vu 🧵', author: { name: nameOf(n + 1) } },
              { body: '', author: { name: nameOf(n + 2) } },
            ],
          },
        },
      ],
    },
  };
}

function shownPerson(n: number): object {
  return { ...inTeams(n), organization: { name: isOutside(n) ? 'Bolt' : 'Acme' } };
}

function inTeams(n: number): object {
  const ofHost = (n % people) % 2 === 0 ? 'Works' : 'Press';
  return { name: nameOf(n), teams: [{ name: isOutside(n) ? 'Users' : ofHost }] };
}

function isOutside(n: number): boolean {
  return (n % people) % 3 === 0;
}

function nameOf(n: number): string {
  return `Person ${n % people}`;
}
