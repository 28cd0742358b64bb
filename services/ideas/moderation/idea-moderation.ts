import { kindOfId } from '#kernel/ids/id.js';
import type { Content, Moderated } from '#kernel/moderation/moderation.js';
import { setContributionHidden } from '../contribution/contribution.repository.js';
import { setIdeaHidden } from '../idea/idea.repository.js';
import type { IdeasContext } from '../ideas-context.js';

/** A contribution is moderated in the space of its idea. */
interface IdeaContent extends Content {
  /** Only of a contribution. */
  readonly ideaId?: string;
}

/** Ideas and contributions can be reported and hidden. */
export const ideaModeration: Moderated<IdeasContext, IdeaContent> = {
  service: 'ideas',
  noun: 'idea or contribution',
  async find(ctx, id) {
    if (kindOfId(id) === 'Idea') return ctx.ideas.load(id);
    const contribution = await ctx.contributions.load(id);
    const idea = contribution && (await ctx.ideas.load(contribution.ideaId));
    if (!idea) return null;
    const { authorId, ideaId, hiddenAt } = contribution;
    return { id, spaceId: idea.spaceId, authorIds: [authorId], hiddenAt, ideaId };
  },
  async setHidden(tx, { id, spaceId: space, ideaId }, at) {
    const happened = at ? 'hidden' : 'restored';
    if (ideaId === undefined) {
      await setIdeaHidden(tx, id, at);
      tx.append({ type: `ideas.idea.${happened}`, subject: id, space, data: {} });
    } else {
      await setContributionHidden(tx, id, at);
      tx.append({ type: `ideas.contribution.${happened}`, subject: id, space, data: { idea: ideaId } });
    }
  },
  forget(ctx, { id, ideaId }) {
    ctx.ideas.clear(ideaId ?? id);
    if (ideaId !== undefined) ctx.contributions.clear(id);
  },
};
