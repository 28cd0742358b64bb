import { kindOfId } from '#kernel/ids/id.js';
import type { Content, Moderated } from '#kernel/moderation/moderation.js';
import type { Write } from '#kernel/write/write.js';
import { setChallengeHidden } from '../challenge/challenge.repository.js';
import { setContributionHidden } from '../contribution/contribution.repository.js';
import { setIdeaHidden } from '../idea/idea.repository.js';
import type { IdeasContext } from '../ideas-context.js';

interface IdeaContent extends Content {
  /** Only of a contribution, which is moderated in the space of its idea. */
  readonly ideaId?: string;
}

/** Challenges, ideas and contributions can be reported and hidden. */
export const ideaModeration: Moderated<IdeasContext, IdeaContent> = {
  service: 'ideas',
  noun: 'challenge, idea or contribution',
  async find(ctx, id) {
    const kind = kindOfId(id);
    if (kind === 'Idea') return ctx.ideas.load(id);
    return kind === 'Challenge' ? findChallenge(ctx, id) : findContribution(ctx, id);
  },
  async setHidden(tx, content, at) {
    if (content.ideaId !== undefined) return hideContribution(tx, content, content.ideaId, at);
    return kindOfId(content.id) === 'Challenge' ? hideChallenge(tx, content, at) : hideIdea(tx, content, at);
  },
  forget(ctx, { id, ideaId }) {
    ctx.ideas.clear(ideaId ?? id);
    ctx.challenges.clear(id);
    ctx.contributions.clear(id);
  },
};

async function findChallenge(ctx: IdeasContext, id: string): Promise<IdeaContent | null> {
  const found = await ctx.challenges.load(id);
  if (!found) return null;
  const { spaceId, authorId, hiddenAt } = found;
  return { id, spaceId, hiddenAt, authorIds: authorId === null ? [] : [authorId] };
}

async function findContribution(ctx: IdeasContext, id: string): Promise<IdeaContent | null> {
  const contribution = await ctx.contributions.load(id);
  const idea = contribution && (await ctx.ideas.load(contribution.ideaId));
  if (!idea) return null;
  const { authorId, ideaId, hiddenAt } = contribution;
  return { id, spaceId: idea.spaceId, authorIds: [authorId], hiddenAt, ideaId };
}

async function hideChallenge(tx: Write, { id, spaceId: space }: Content, at: Date | null): Promise<void> {
  await setChallengeHidden(tx, id, at);
  tx.append({ type: `ideas.challenge.${happened(at)}`, subject: id, space, data: {} });
}

async function hideIdea(tx: Write, { id, spaceId: space }: Content, at: Date | null): Promise<void> {
  await setIdeaHidden(tx, id, at);
  tx.append({ type: `ideas.idea.${happened(at)}`, subject: id, space, data: {} });
}

async function hideContribution(tx: Write, content: Content, idea: string, at: Date | null): Promise<void> {
  const { id, spaceId: space } = content;
  await setContributionHidden(tx, id, at);
  tx.append({ type: `ideas.contribution.${happened(at)}`, subject: id, space, data: { idea } });
}

function happened(at: Date | null): 'hidden' | 'restored' {
  return at ? 'hidden' : 'restored';
}
