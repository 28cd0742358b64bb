import { signedInAuthor } from '#kernel/auth/require-viewer.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import { checkNotHidden } from '#kernel/moderation/moderation.js';
import { checkText } from '#kernel/write/check-text.js';
import { requireIdea } from '../idea/idea.js';
import type { IdeasContext } from '../ideas-context.js';
import { Contribution, type ContributionType } from './contribution.entity.js';
import { checkMayChangeContribution } from './contribution.policy.js';
import { insertContribution } from './contribution.repository.js';

export interface ContributeToIdea {
  readonly idea: string;
  readonly type: ContributionType;
  readonly body: string;
  readonly replyTo?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Builds on an idea, asks, brings evidence or raises a concern. */
export async function contributeToIdea(ctx: IdeasContext, input: ContributeToIdea): Promise<ChangedContribution> {
  const { id: authorId, viewer } = signedInAuthor(ctx.viewer);
  checkText(input.body, 'body', 1, 65_536);
  const idea = await requireIdea(ctx, input.idea, 'idea');
  await ctx.spaces.require(viewer, 'contribute', idea.spaceId, 'idea');
  const repliedTo = input.replyTo ? await requireSibling(ctx, input.replyTo, idea.id) : null;
  const { result: id, cursor } = await ctx.write({ name: 'contributeToIdea', input }, async (tx) => {
    const now = ctx.now();
    const contribution: Contribution = {
      id: ctx.newId('Contribution'),
      ideaId: idea.id,
      authorId,
      type: input.type,
      body: input.body,
      replyToId: repliedTo?.id ?? null,
      createdAt: now,
      updatedAt: now,
      hiddenAt: null,
    };
    await insertContribution(tx, contribution);
    tx.append({
      type: 'ideas.contribution.added',
      subject: contribution.id,
      space: idea.spaceId,
      data: {
        idea: idea.id,
        type: contribution.type,
        challenge: idea.challengeId,
        replyTo: contribution.replyToId,
        repliedTo: repliedTo?.authorId ?? null,
        ideaAuthors: idea.authorIds,
        party: viewer.party,
      },
    });
    return contribution.id;
  });
  ctx.ideas.clear(idea.id);
  return { contribution: await ctx.contributions.load(id), cursor };
}

export interface ReviseContribution {
  readonly contribution: string;
  readonly type?: ContributionType | null;
  readonly body?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Changes the words or the type of one's own contribution. */
export async function reviseContribution(ctx: IdeasContext, input: ReviseContribution): Promise<ChangedContribution> {
  const { viewer } = signedInAuthor(ctx.viewer);
  const contribution = await ctx.contributions.load(input.contribution);
  if (!contribution) throw notFound('contribution', input.contribution, 'contribution');
  checkMayChangeContribution(viewer, contribution);
  checkNotHidden(contribution, 'contribution', 'contribution');
  if (input.body != null) checkText(input.body, 'body', 1, 65_536);
  const change = { ...(input.type ? { type: input.type } : {}), ...(input.body != null ? { body: input.body } : {}) };
  if (Object.keys(change).length === 0) throw invalid('Say what changes: type or body.');
  const idea = await requireIdea(ctx, contribution.ideaId, 'contribution');
  await ctx.spaces.require(viewer, 'contribute', idea.spaceId, 'contribution');
  const { cursor } = await ctx.write({ name: 'reviseContribution', input }, async (tx) => {
    await tx.manager.update(Contribution, { id: contribution.id }, { ...change, updatedAt: ctx.now() });
    tx.append({
      type: 'ideas.contribution.revised',
      subject: contribution.id,
      space: idea.spaceId,
      data: { idea: idea.id, type: change.type ?? contribution.type },
    });
    return contribution.id;
  });
  ctx.contributions.clear(contribution.id);
  return { contribution: await ctx.contributions.load(contribution.id), cursor };
}

export interface ChangedContribution {
  readonly contribution: Contribution | null;
  readonly cursor: string | null;
}

async function requireSibling(ctx: IdeasContext, id: string, ideaId: string): Promise<Contribution> {
  const sibling = await ctx.contributions.load(id);
  if (sibling?.ideaId !== ideaId) throw notFound('contribution to this idea', id, 'replyTo');
  checkNotHidden(sibling, 'contribution', 'replyTo');
  return sibling;
}
