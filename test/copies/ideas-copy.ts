import { type Answer, type Answered, refer, withoutHidden } from './answers.js';
import { byId } from './by-id.js';
import type { CopiedService, Copy } from './copied-service.js';
import { change, make } from './do.js';
import { type IdeasScene, ideasDeeds } from './ideas-deeds.js';
import { openPrivateSpace } from './private-space.js';
import { readPages } from './read-pages.js';

interface IdeaWithAll {
  readonly id: string;
  readonly buildsOn: Ids;
  readonly builtOnBy: Ids;
  readonly all: { readonly nodes: readonly Answer[] };
}

const contribution = 'id type body createdAt updatedAt author { id } idea { id } replyTo { id }';
const contributionWithReplies = `${contribution} replies(first: 100) { nodes { id } }`;
const idea = `id title body tags stage revision createdAt updatedAt viewerEndorses authors { id } space { id }
  contributions(first: 0) { totalCount } endorsements(first: 50) { totalCount nodes { person { id } } }
  buildsOn(first: 50) { nodes { id } } builtOnBy(first: 50) { nodes { id } }`;
const ideaWithAll = `${idea} all: contributions(first: 100) { nodes { ${contribution} } }`;

interface Ids {
  readonly nodes: readonly { readonly id: string }[];
}

/** An idea with the ids of those it builds on, hidden ones among them. */
interface IdeaShown {
  readonly id: string;
  readonly buildsOn: ReadonlySet<string>;
}

interface IdeaEvent {
  readonly kind: string;
  readonly ideaId: string;
  readonly contributionId: string | null;
  readonly idea: IdeaWithAll | null;
  readonly contribution: Answered | null;
}

/** Ideas and contributions as lists show them: what is hidden is in none, not even for those who may read it. */
class IdeasCopy implements Copy {
  private readonly ideas = new Map<string, IdeaShown>();
  private readonly contributions = new Map<string, Map<string, Answer>>();
  /** Contributions that were there at the start, were told of as new, or came back with what had been hidden. */
  private readonly arrived = new Set<string>();

  constructor(ideas: readonly IdeaWithAll[]) {
    for (const shown of ideas) this.put(shown);
  }

  apply(stream: string, event: unknown): void {
    if (stream === 'contributionAdded') this.takeArrival((event as Pick<IdeaEvent, 'contribution'>).contribution);
    else this.take(event as IdeaEvent);
  }

  view(): unknown {
    const shown = [...this.contributions.values()].flatMap((all) =>
      [...all.values()].map((contribution) => withoutHidden(contribution, all)),
    );
    return {
      ideas: [...this.ideas.values()].map((idea) => this.onShown(idea)).sort(byId),
      contributions: shown.sort(byId),
      arrived: shown.map(({ id }) => id).filter((id) => this.arrived.has(id)),
    };
  }

  /** One that was hidden since it was told of is told of again when it comes back. */
  private takeArrival(contribution: { readonly id: string } | null): void {
    if (contribution) this.arrived.add(contribution.id);
  }

  private take(event: IdeaEvent): void {
    switch (event.kind) {
      case 'SUBMITTED':
      case 'RESTORED':
        return this.put(event.idea);
      case 'REVISED':
      case 'STAGE_MOVED':
      case 'ENDORSED':
      case 'ENDORSEMENT_WITHDRAWN':
        return this.renew(event.idea);
      case 'HIDDEN':
        this.ideas.delete(event.ideaId);
        this.contributions.delete(event.ideaId);
        return;
      case 'CONTRIBUTION_RESTORED':
        this.arrived.add(event.contributionId ?? '');
        this.renew(event.idea);
        this.putContribution(event);
        return this.refer(event);
      case 'CONTRIBUTED':
        this.renew(event.idea);
        return this.putContribution(event);
      case 'CONTRIBUTION_REVISED':
        this.renew(event.idea);
        if (this.contributions.get(event.ideaId)?.has(event.contributionId ?? '')) this.putContribution(event);
        return;
      case 'CONTRIBUTION_HIDDEN':
        this.renew(event.idea);
        this.contributions.get(event.ideaId)?.delete(event.contributionId ?? '');
        return;
      default:
        throw new Error(`Nobody has said what "${event.kind}" means for a copy of ideas.`);
    }
  }

  private put(shown: IdeaWithAll | null): void {
    if (!shown) return;
    this.set(shown);
    this.contributions.set(shown.id, new Map(shown.all.nodes.map((one) => [one.id, one])));
    for (const { id } of shown.all.nodes) this.arrived.add(id);
    // Of those that were read while this one was hidden none says that it builds on it.
    for (const { id } of shown.builtOnBy.nodes) {
      const child = this.ideas.get(id);
      if (child) this.ideas.set(id, { ...child, buildsOn: new Set([...child.buildsOn, shown.id]) });
    }
  }

  /** One that is not shown does not come back by being changed: somebody hid it. */
  private renew(shown: IdeaWithAll | null): void {
    if (shown && this.ideas.has(shown.id)) this.set(shown);
  }

  private set({ all: _, builtOnBy: __, buildsOn, ...facts }: IdeaWithAll): void {
    this.ideas.set(facts.id, { ...facts, buildsOn: new Set(buildsOn.nodes.map(({ id }) => id)) });
  }

  private onShown({ buildsOn, ...facts }: IdeaShown) {
    return { ...facts, buildsOn: [...buildsOn].filter((id) => this.ideas.has(id)).sort() };
  }

  private putContribution({ ideaId, contribution: shown }: IdeaEvent): void {
    if (!shown) return;
    const { replies: _, ...facts } = shown;
    this.contributions.get(ideaId)?.set(facts.id, facts);
  }

  private refer({ ideaId, contribution: shown }: IdeaEvent): void {
    const answers = this.contributions.get(ideaId);
    if (shown && answers) refer(answers, shown);
  }
}

const page = `query ($id: ID!, $after: String) { owner: space(id: $id) { page: ideas(first: 20, after: $after) {
  nodes { ${ideaWithAll} } pageInfo { hasNextPage endCursor } } } }`;

export const copiedIdeas: CopiedService<IdeasScene> = {
  position: 'ideasPosition',
  atOnce: 4,
  deeds: ideasDeeds,
  followers: ({ mira, lea }) => ({ 'a moderator': mira, 'somebody who looks on': lea }),
  async prepare(hub) {
    const shared = await openPrivateSpace(hub);
    const scene: IdeasScene = { ...shared, ideas: [], contributions: [] };
    await make(shared.jon, 'submitIdea', { space: shared.space, title: 'The first' }, 'idea', scene.ideas);
    return scene;
  },
  streams: ({ space }) => [
    {
      field: 'ideaActivity',
      args: `space: "${space}"`,
      selection: `kind ideaId contributionId idea { ${ideaWithAll} } contribution { ${contributionWithReplies} }`,
    },
    { field: 'contributionAdded', args: `space: "${space}"`, selection: 'contribution { id }' },
  ],
  async read(client, { space }) {
    return new IdeasCopy(await readPages(client, page, space));
  },
  async lastWord({ mira, space, ideas }) {
    const title = 'The last one';
    await make(mira, 'submitIdea', { space, title }, 'idea', ideas);
    const cursor = await change(mira, 'contributeToIdea', { idea: ideas.at(-1), type: 'BUILD', body: 'The last word' });
    return { ideaActivity: cursor, contributionAdded: cursor };
  },
};
