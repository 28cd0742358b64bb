import { type Author, signedInAuthor } from '#kernel/auth/require-viewer.js';
import { invalid, notFound, UserError } from '#kernel/errors/user-error.js';
import { isIdOf } from '#kernel/ids/id.js';
import { checkNotHidden } from '#kernel/moderation/moderation.js';
import { checkText, checkTexts } from '#kernel/write/check-text.js';
import type { Challenge } from '../challenge/challenge.entity.js';
import type { IdeasContext } from '../ideas-context.js';
import type { Idea } from './idea.entity.js';
import { checkMayChange } from './idea.policy.js';
import { type IdeaChange, insertIdea, moveRow, reviseRow } from './idea.repository.js';

export interface SubmitIdea {
  readonly space: string;
  readonly title: string;
  readonly body?: string | null;
  readonly authors?: readonly string[] | null;
  readonly team?: string | null;
  readonly participatingTeams?: readonly string[] | null;
  readonly challenge?: string | null;
  readonly tags?: readonly string[] | null;
  readonly buildsOn?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Where an idea stands until somebody moves it. */
export const firstStage = 'submitted';

/** Brings an idea into a space; a person who submits is its author unless others are named. */
export async function submitIdea(ctx: IdeasContext, input: SubmitIdea): Promise<ChangedIdea> {
  const author = signedInAuthor(ctx.viewer);
  const authorIds = authorsOf(input, author);
  checkSubmission(input, authorIds);
  await ctx.spaces.require(author.viewer, 'contribute', input.space, 'space');
  const buildsOn = [...new Set(input.buildsOn ?? [])];
  await Promise.all(buildsOn.map((id) => requireIdea(ctx, id, 'buildsOn')));
  const challenge = input.challenge ? await requireChallenge(ctx, input.challenge, input.space) : null;
  const { result: id, cursor } = await ctx.write({ name: 'submitIdea', input }, async (tx) => {
    if (challenge) checkOpen(challenge, ctx.now());
    const idea = newIdea(ctx, input, authorIds);
    await insertIdea(tx, idea, buildsOn, author.id);
    tx.append({
      type: 'ideas.idea.submitted',
      subject: idea.id,
      space: idea.spaceId,
      data: { authors: authorIds, team: idea.teamId, challenge: idea.challengeId, buildsOn, stage: idea.stage },
    });
    return idea.id;
  });
  return { idea: await ctx.ideas.load(id), cursor };
}

export interface ReviseIdea extends IdeaChangeInput {
  readonly idea: string;
  readonly baseRevision: number;
  readonly idempotencyKey?: string | null;
}

interface IdeaChangeInput {
  readonly title?: string | null;
  readonly body?: string | null;
  readonly tags?: readonly string[] | null;
}

/** Changes the words of an idea. The earlier words stay readable as a revision. */
export async function reviseIdea(ctx: IdeasContext, input: ReviseIdea): Promise<ChangedIdea> {
  const { id: editorId, viewer } = signedInAuthor(ctx.viewer);
  const idea = await requireIdea(ctx, input.idea, 'idea');
  checkMayChange(viewer, idea);
  await ctx.spaces.require(viewer, 'contribute', idea.spaceId, 'idea');
  const change = readChange(input);
  const { cursor } = await ctx.write({ name: 'reviseIdea', input }, async (tx) => {
    const revised = await reviseRow(tx, idea.id, input.baseRevision, change, ctx.now(), editorId);
    if (!revised) throw stale(input.baseRevision);
    tx.append({
      type: 'ideas.idea.revised',
      subject: idea.id,
      space: idea.spaceId,
      data: { revision: revised.revision, changed: Object.keys(change), authors: revised.authorIds },
    });
    return idea.id;
  });
  return reload(ctx, idea.id, cursor);
}

export interface MoveIdea {
  readonly idea: string;
  readonly stage: string;
  readonly idempotencyKey?: string | null;
}

/** Moves an idea to another stage. Moving it to where it stands changes nothing. */
export async function moveIdea(ctx: IdeasContext, input: MoveIdea): Promise<ChangedIdea> {
  const { viewer } = signedInAuthor(ctx.viewer);
  checkText(input.stage, 'stage', 1, 200);
  const idea = await requireIdea(ctx, input.idea, 'idea');
  checkMayChange(viewer, idea);
  await ctx.spaces.require(viewer, 'contribute', idea.spaceId, 'idea');
  const { cursor } = await ctx.write({ name: 'moveIdea', input }, async (tx) => {
    if (idea.stage === input.stage) return idea.id;
    if (!(await moveRow(tx, idea.id, idea.stage, input.stage, ctx.now()))) throw movedMeanwhile();
    tx.append({
      type: 'ideas.idea.stageMoved',
      subject: idea.id,
      space: idea.spaceId,
      data: { from: idea.stage, to: input.stage },
    });
    return idea.id;
  });
  return reload(ctx, idea.id, cursor);
}

export interface ChangedIdea {
  readonly idea: Idea | null;
  readonly cursor: string | null;
}

/** The idea somebody wants to do something to, or with. */
export async function requireIdea(ctx: IdeasContext, id: string, ...path: string[]): Promise<Idea> {
  const idea = await ctx.ideas.load(id);
  if (!idea) throw notFound('idea', id, ...path);
  checkNotHidden(idea, 'idea', ...path);
  return idea;
}

async function requireChallenge(ctx: IdeasContext, id: string, space: string): Promise<Challenge> {
  const challenge = await ctx.challenges.load(id);
  if (challenge?.spaceId === space) return challenge;
  throw notFound('challenge of this space', id, 'challenge');
}

/** Asked within the write: a retry of a submission that was in time gets its first result, however late it comes. */
function checkOpen(challenge: Challenge, now: Date): void {
  checkNotHidden(challenge, 'challenge', 'challenge');
  const { closesAt } = challenge;
  if (!closesAt || closesAt > now) return;
  throw new UserError('CLOSED', `This challenge closed at ${closesAt.toISOString()}; submit the idea without it.`, [
    'input',
    'challenge',
  ]);
}

async function reload(ctx: IdeasContext, id: string, cursor: string | null): Promise<ChangedIdea> {
  ctx.ideas.clear(id);
  return { idea: await ctx.ideas.load(id), cursor };
}

function newIdea(ctx: IdeasContext, input: SubmitIdea, authorIds: string[]): Idea {
  const now = ctx.now();
  return {
    id: ctx.newId('Idea'),
    spaceId: input.space,
    challengeId: input.challenge ?? null,
    title: input.title.trim(),
    body: input.body ?? '',
    stage: firstStage,
    tags: [...new Set(input.tags)],
    authorIds,
    teamId: input.team ?? null,
    participatingTeamIds: [...new Set(input.participatingTeams)],
    revision: 1,
    endorsementCount: 0,
    contributionCount: 0,
    createdAt: now,
    updatedAt: now,
    hiddenAt: null,
  };
}

const maxAuthors = 100;
const maxTeams = 1_000;
const maxBuildsOn = 1_000;

/** Whom a program names are authors beside it: it answers for having brought the idea, and keeps it up to date. */
function authorsOf({ authors }: SubmitIdea, { id, viewer }: Author): string[] {
  const named = authors ?? [];
  return [...new Set(viewer.kind === 'client' || named.length === 0 ? [id, ...named] : named)];
}

function checkSubmission(input: SubmitIdea, authorIds: readonly string[]): void {
  checkText(input.title, 'title', 1, 300);
  checkText(input.body ?? '', 'body', 0, 65_536);
  checkTexts(input.tags ?? [], 'tags', 50, 100);
  if (authorIds.length > maxAuthors) throw invalid(`An idea has at most ${maxAuthors} authors.`, 'authors');
  if (!(input.authors ?? []).every((id) => isIdOf('Person', id)))
    throw invalid('Each author is the id of a person.', 'authors');
  if (input.team && !isIdOf('Team', input.team)) throw invalid('The team is the id of a team.', 'team');
  const teams = input.participatingTeams ?? [];
  if (teams.length > maxTeams) throw invalid(`At most ${maxTeams} teams take part.`, 'participatingTeams');
  if (!teams.every((id) => isIdOf('Team', id)))
    throw invalid('Each team that takes part is the id of a team.', 'participatingTeams');
  if ((input.buildsOn?.length ?? 0) > maxBuildsOn)
    throw invalid(`An idea builds on at most ${maxBuildsOn} others.`, 'buildsOn');
}

function readChange(input: IdeaChangeInput): IdeaChange {
  if (input.title != null) checkText(input.title, 'title', 1, 300);
  if (input.body != null) checkText(input.body, 'body', 0, 65_536);
  if (input.tags != null) checkTexts(input.tags, 'tags', 50, 100);
  const change: IdeaChange = {
    ...(input.title != null ? { title: input.title.trim() } : {}),
    ...(input.body != null ? { body: input.body } : {}),
    ...(input.tags != null ? { tags: [...new Set(input.tags)] } : {}),
  };
  if (Object.keys(change).length === 0) throw invalid('Say what changes: title, body or tags.');
  return change;
}

function stale(base: number): UserError {
  return new UserError(
    'STALE_REVISION',
    `Somebody revised this idea after revision ${base}. Read it again, bring your change in line with it and send its revision as baseRevision.`,
    ['input', 'baseRevision'],
  );
}

function movedMeanwhile(): UserError {
  return new UserError(
    'STALE_REVISION',
    'Somebody else moved this idea meanwhile. Read where it stands and decide again.',
    ['input', 'stage'],
  );
}
