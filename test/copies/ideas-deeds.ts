import type { Deed } from './copied-service.js';
import { attempt, make } from './do.js';
import type { PrivateSpace } from './private-space.js';

export interface IdeasScene extends PrivateSpace {
  readonly ideas: string[];
  readonly contributions: string[];
}

const stages = ['tried', 'done', 'idea'] as const;
const writer = ({ jon, ida }: IdeasScene) => [jon, ida] as const;

/** What people do to ideas. */
export const ideasDeeds: readonly Deed<IdeasScene>[] = [
  {
    name: 'submit an idea',
    do: (scene, picks) => {
      const parent = picks.one(scene.ideas);
      const input = { space: scene.space, title: picks.words(), ...(parent ? { buildsOn: [parent] } : {}) };
      return make(picks.of(...writer(scene)), 'submitIdea', input, 'idea', scene.ideas);
    },
  },
  {
    name: 'contribute',
    do: (scene, picks) => {
      const input = {
        idea: picks.one(scene.ideas),
        type: picks.of('BUILD', 'QUESTION', 'CONCERN'),
        body: picks.words(),
      };
      return make(picks.of(...writer(scene)), 'contributeToIdea', input, 'contribution', scene.contributions);
    },
  },
  {
    name: 'answer a contribution',
    do: async (scene, picks) => {
      const replyTo = picks.one(scene.contributions);
      const input = { idea: await ideaOf(scene, replyTo), replyTo, type: 'EVIDENCE', body: picks.words() };
      return make(picks.of(...writer(scene)), 'contributeToIdea', input, 'contribution', scene.contributions);
    },
  },
  {
    name: 'revise a contribution',
    do: (scene, picks) => {
      const input = {
        contribution: picks.one(scene.contributions),
        body: picks.words(),
        type: picks.of('BUILD', 'EVIDENCE'),
      };
      return attempt(picks.of(...writer(scene)), 'reviseContribution', input);
    },
  },
  {
    name: 'revise an idea',
    do: async (scene, picks) => {
      const id = picks.one(scene.ideas);
      const as = picks.of(...writer(scene));
      const found = await as.run<{ idea: { revision: number } | null }>(
        'query ($id: ID!) { idea(id: $id) { revision } }',
        { id },
      );
      const change = picks.of({ title: picks.words() }, { body: picks.words() }, { tags: [picks.words()] });
      if (found.idea) await attempt(as, 'reviseIdea', { idea: id, baseRevision: found.idea.revision, ...change });
    },
  },
  {
    name: 'move an idea',
    do: (scene, picks) =>
      attempt(picks.of(...writer(scene)), 'moveIdea', { idea: picks.one(scene.ideas), stage: picks.of(...stages) }),
  },
  {
    name: 'endorse an idea',
    do: (scene, picks) =>
      attempt(picks.of(scene.jon, scene.ida, scene.lea), 'endorseIdea', { idea: picks.one(scene.ideas) }),
  },
  {
    name: 'withdraw an endorsement',
    do: (scene, picks) =>
      attempt(picks.of(scene.jon, scene.ida, scene.lea), 'withdrawEndorsement', { idea: picks.one(scene.ideas) }),
  },
  ...(['contributions', 'ideas'] as const).flatMap((kind): readonly Deed<IdeasScene>[] => [
    {
      name: `hide one of the ${kind}`,
      do: (scene, picks) =>
        attempt(scene.mira, 'hideIdeaContent', { content: picks.one(scene[kind]), reason: 'off topic' }),
    },
    {
      name: `restore one of the ${kind}`,
      do: (scene, picks) =>
        attempt(scene.mira, 'restoreIdeaContent', { content: picks.one(scene[kind]), note: 'it was no harm' }),
    },
  ]),
];

async function ideaOf({ mira }: IdeasScene, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined;
  const document = 'query ($id: ID!) { contribution(id: $id) { idea { id } } }';
  const { contribution } = await mira.run<{ contribution: { idea: { id: string } } | null }>(document, { id });
  return contribution?.idea.id;
}
