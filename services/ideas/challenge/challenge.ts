import { signedInAuthor } from '#kernel/auth/require-viewer.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import { checkNotHidden } from '#kernel/moderation/moderation.js';
import { checkText } from '#kernel/write/check-text.js';
import type { IdeasContext } from '../ideas-context.js';
import { Challenge } from './challenge.entity.js';
import { checkMayChangeChallenge } from './challenge.policy.js';

export interface OpenChallenge {
  readonly space: string;
  readonly title: string;
  readonly body?: string | null;
  readonly closesAt?: Date | null;
  readonly idempotencyKey?: string | null;
}

/** Asks the people of a space a question that ideas may answer. */
export async function openChallenge(ctx: IdeasContext, input: OpenChallenge): Promise<ChangedChallenge> {
  const { id: authorId, viewer } = signedInAuthor(ctx.viewer);
  checkText(input.title, 'title', 1, 300);
  checkText(input.body ?? '', 'body', 0, 65_536);
  await ctx.spaces.require(viewer, 'challenge', input.space, 'space');
  const { result: id, cursor } = await ctx.write({ name: 'openChallenge', input }, async (tx) => {
    checkClosing(ctx, input.closesAt);
    const challenge: Challenge = {
      id: ctx.newId('Challenge'),
      spaceId: input.space,
      authorId,
      title: input.title.trim(),
      body: input.body ?? '',
      closesAt: input.closesAt ?? null,
      createdAt: ctx.now(),
      hiddenAt: null,
    };
    await tx.manager.insert(Challenge, challenge);
    tx.append({ type: 'ideas.challenge.opened', subject: challenge.id, space: challenge.spaceId, data: {} });
    return challenge.id;
  });
  return { challenge: await ctx.challenges.load(id), cursor };
}

export interface ReviseChallenge {
  readonly challenge: string;
  readonly title?: string | null;
  readonly body?: string | null;
  readonly closesAt?: Date | null;
  readonly idempotencyKey?: string | null;
}

/** Changes the words or the closing time of a challenge. */
export async function reviseChallenge(ctx: IdeasContext, input: ReviseChallenge): Promise<ChangedChallenge> {
  const { viewer } = signedInAuthor(ctx.viewer);
  const challenge = await ctx.challenges.load(input.challenge);
  if (!challenge) throw notFound('challenge', input.challenge, 'challenge');
  checkNotHidden(challenge, 'challenge', 'challenge');
  checkMayChangeChallenge(viewer, challenge);
  await ctx.spaces.require(viewer, 'challenge', challenge.spaceId, 'challenge');
  const change = readChange(input);
  const { cursor } = await ctx.write({ name: 'reviseChallenge', input }, async (tx) => {
    checkClosing(ctx, input.closesAt);
    await tx.manager.update(Challenge, { id: challenge.id }, change);
    tx.append({
      type: 'ideas.challenge.revised',
      subject: challenge.id,
      space: challenge.spaceId,
      data: { changed: Object.keys(change) },
    });
    return challenge.id;
  });
  ctx.challenges.clear(challenge.id);
  return { challenge: await ctx.challenges.load(challenge.id), cursor };
}

export interface ChangedChallenge {
  readonly challenge: Challenge | null;
  readonly cursor: string | null;
}

function readChange(input: ReviseChallenge): Partial<Challenge> {
  if (input.title != null) checkText(input.title, 'title', 1, 300);
  if (input.body != null) checkText(input.body, 'body', 0, 65_536);
  const change = {
    ...(input.title != null ? { title: input.title.trim() } : {}),
    ...(input.body != null ? { body: input.body } : {}),
    ...(input.closesAt != null ? { closesAt: input.closesAt } : {}),
  };
  if (Object.keys(change).length === 0) throw invalid('Say what changes: title, body or closesAt.');
  return change;
}

/** Asked within the write, so that a retry after the closing time still gets the first result. */
function checkClosing(ctx: IdeasContext, closesAt: Date | null | undefined): void {
  if (closesAt && closesAt <= ctx.now())
    throw invalid('A challenge closes in the future; leave closesAt out for one that stays open.', 'closesAt');
}
