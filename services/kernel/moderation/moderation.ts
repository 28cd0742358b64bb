import { signedInAuthor, signedInPerson } from '../auth/require-viewer.js';
import { notAllowed } from '../errors/request-error.js';
import { invalid, notFound, UserError } from '../errors/user-error.js';
import { checkText } from '../write/check-text.js';
import type { Write } from '../write/write.js';
import type { ModerationContext } from './moderation.loader.js';
import { checkMayUphold } from './moderation.policy.js';
import { addReport, findCase, moveCase, openCase } from './moderation.repository.js';
import type { CaseState, ModerationCase, ReportReason } from './moderation-case.js';

/** What a service lets be moderated. Everything else about moderation is the same in every service. */
export interface Moderated<Context extends ModerationContext, Item extends Content = Content> {
  readonly service: 'ideas' | 'conversations';
  /** As it is called in messages to people, for example "idea or contribution". */
  readonly noun: string;
  /** The content as it exists for who asks. */
  find(ctx: Context, id: string): Promise<Item | null>;
  /** Takes it out of what the service counts, or puts it back, and tells of it. */
  setHidden(tx: Write, content: Item, at: Date | null): Promise<void>;
  /** Makes this request read it anew. */
  forget(ctx: Context, content: Item): void;
}

export interface Content {
  readonly id: string;
  readonly spaceId: string;
  readonly authorIds: readonly string[];
  readonly hiddenAt: Date | null;
}

interface About {
  readonly content: string;
  readonly idempotencyKey?: string | null;
}

export interface ReportContent extends About {
  readonly reason: ReportReason;
  readonly note?: string | null;
}
export interface HideContent extends About {
  readonly reason: string;
}
export interface DecideOnContent extends About {
  readonly note: string;
}
export interface AppealHiding extends About {
  readonly text: string;
}
export interface DecideAppeal extends DecideOnContent {
  readonly decision: 'uphold' | 'restore';
}

/** Asks the moderators of a space to look at something. A second report of the same person changes nothing. */
export async function reportContent<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  input: ReportContent,
): Promise<{ cursor: string | null }> {
  const viewer = signedInPerson(ctx.viewer);
  const note = input.note ?? '';
  checkText(note, 'note', 0, 2_000);
  const content = await requireContent(of, ctx, input.content);
  if (content.authorIds.includes(viewer.personId)) throw invalid(`This ${of.noun} is your own; change it.`, 'content');
  const { cursor } = await ctx.write({ name: 'reportContent', input, inTurn: content.id }, async (tx) => {
    const { id, state } = await openCase(tx, newCase(ctx, content));
    if (isHidden(state)) throw closed(`This ${of.noun} is hidden already.`);
    const report = { caseId: id, reporterId: viewer.personId, reason: input.reason, note, createdAt: ctx.now() };
    if (!(await addReport(tx, report))) return id;
    const data = { content: content.id, reason: input.reason };
    tx.append({ type: `${of.service}.case.reported`, subject: id, space: content.spaceId, data });
    return id;
  });
  return { cursor };
}

/** Hides something from everybody but its author and the moderators. Hiding it again changes nothing. */
export async function hideContent<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  input: HideContent,
): Promise<ChangedCase> {
  const { personId } = signedInPerson(ctx.viewer);
  checkText(input.reason, 'reason', 1, 2_000);
  const content = await requireDecidable(of, ctx, input.content);
  return moved(of, ctx, content, { name: 'hideContent', input }, async (tx) => {
    const before = await openCase(tx, newCase(ctx, content));
    if (isHidden(before.state)) return;
    const hiding = { state: 'hidden', reason: input.reason, hiddenAt: ctx.now(), hiddenById: personId } as const;
    await moveCase(tx, { ...before, ...hiding, appeal: null, decision: null, decidedById: null, movedAt: ctx.now() });
    await of.setHidden(tx, content, ctx.now());
  });
}

/** Shows again what was hidden. Restoring what is not hidden changes nothing. */
export async function restoreContent<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  input: DecideOnContent,
): Promise<ChangedCase> {
  const { personId } = signedInPerson(ctx.viewer);
  checkText(input.note, 'note', 1, 2_000);
  const content = await requireDecidable(of, ctx, input.content);
  return moved(of, ctx, content, { name: 'restoreContent', input }, async (tx) => {
    const before = await findCase(tx, content.id);
    if (!before || !isHidden(before.state)) return;
    await settle(tx, before, { state: 'restored', decision: input.note, decidedById: personId, movedAt: ctx.now() });
    await of.setHidden(tx, content, null);
  });
}

/** Lets something stand that was reported. Without open reports it changes nothing. */
export async function dismissReports<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  input: DecideOnContent,
): Promise<ChangedCase> {
  const { personId } = signedInPerson(ctx.viewer);
  checkText(input.note, 'note', 1, 2_000);
  const content = await requireDecidable(of, ctx, input.content);
  return moved(of, ctx, content, { name: 'dismissReports', input }, async (tx) => {
    const before = await findCase(tx, content.id);
    if (before?.state !== 'reported') return;
    await settle(tx, before, { state: 'dismissed', decision: input.note, decidedById: personId, movedAt: ctx.now() });
    const data = { content: content.id };
    tx.append({ type: `${of.service}.case.dismissed`, subject: before.id, space: content.spaceId, data });
  });
}

/** The author, a person or a program, asks for another look at what was hidden; once each time it is hidden. */
export async function appealHiding<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  input: AppealHiding,
): Promise<ChangedCase> {
  const author = signedInAuthor(ctx.viewer);
  checkText(input.text, 'text', 1, 2_000);
  const content = await requireContent(of, ctx, input.content);
  if (!content.authorIds.includes(author.id)) throw notAllowed('appeal for somebody else', `who wrote this ${of.noun}`);
  return moved(of, ctx, content, { name: 'appealHiding', input }, async (tx) => {
    const before = await findCase(tx, content.id);
    if (before?.state === 'appealed') return;
    if (before?.state === 'upheld') throw closed('The appeal was decided; the decision is with the case.');
    if (before?.state !== 'hidden') throw closed(`This ${of.noun} is not hidden: there is nothing to appeal against.`);
    await moveCase(tx, { ...before, state: 'appealed', appeal: input.text, movedAt: ctx.now() });
    const data = { content: content.id };
    tx.append({ type: `${of.service}.case.appealed`, subject: before.id, space: content.spaceId, data });
  });
}

/** Answers an appeal: the content stays hidden for good, or is shown again. */
export async function decideAppeal<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  input: DecideAppeal,
): Promise<ChangedCase> {
  const { personId } = signedInPerson(ctx.viewer);
  checkText(input.note, 'note', 1, 2_000);
  const content = await requireDecidable(of, ctx, input.content);
  const upheld = input.decision === 'uphold';
  return moved(of, ctx, content, { name: 'decideAppeal', input }, async (tx) => {
    const before = await findCase(tx, content.id);
    if (before?.state !== 'appealed') throw closed('No appeal waits for a decision here.');
    if (upheld) checkMayUphold(ctx.viewer, before);
    const state = upheld ? 'upheld' : 'restored';
    await settle(tx, before, { state, decision: input.note, decidedById: personId, movedAt: ctx.now() });
    const data = { content: content.id, upheld };
    tx.append({ type: `${of.service}.case.appealDecided`, subject: before.id, space: content.spaceId, data });
    if (!upheld) await of.setHidden(tx, content, null);
  });
}

export interface ChangedCase {
  readonly case: ModerationCase | null;
  readonly cursor: string | null;
}

/** What is hidden rests as it is: a change would put other words in the place of those that were decided on. */
export function checkNotHidden(content: { readonly hiddenAt: Date | null }, noun: string, ...path: string[]): void {
  if (!content.hiddenAt) return;
  const message = `This ${noun} is hidden by a moderator; nothing can be done to it until it is shown again.`;
  throw new UserError('CLOSED', message, ['input', ...path]);
}

/** Changes of one case take turns, so that each decides on what it finds. */
async function moved<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  content: Item,
  operation: { readonly name: string; readonly input: About },
  work: (tx: Write) => Promise<void>,
): Promise<ChangedCase> {
  const { cursor } = await ctx.write({ ...operation, inTurn: content.id }, async (tx) => {
    await work(tx);
    return content.id;
  });
  ctx.moderation.forget(content.id);
  of.forget(ctx, content);
  return { case: await ctx.moderation.of(content.id), cursor };
}

type Settlement = Pick<ModerationCase, 'state' | 'decision' | 'decidedById' | 'movedAt'>;

function settle(tx: Write, before: ModerationCase, settlement: Settlement): Promise<void> {
  return moveCase(tx, { ...before, ...settlement });
}

function isHidden(state: CaseState): boolean {
  return state === 'hidden' || state === 'appealed' || state === 'upheld';
}

async function requireContent<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  id: string,
): Promise<Item> {
  const content = await of.find(ctx, id);
  if (!content) throw notFound(of.noun, id, 'content');
  return content;
}

async function requireDecidable<Context extends ModerationContext, Item extends Content>(
  of: Moderated<Context, Item>,
  ctx: Context,
  id: string,
): Promise<Item> {
  const content = await requireContent(of, ctx, id);
  if (await ctx.moderation.decides(content)) return content;
  const who = 'owners and facilitators of its space who did not write it, and administrators';
  throw notAllowed(`moderate this ${of.noun}`, who);
}

function newCase(ctx: ModerationContext, content: Content) {
  const { id: contentId, spaceId, authorIds } = content;
  return { id: ctx.newId('ModerationCase'), contentId, spaceId, authorIds, openedAt: ctx.now() };
}

function closed(message: string): UserError {
  return new UserError('CLOSED', message, ['input', 'content']);
}
