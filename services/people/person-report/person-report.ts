import { requireAdministrator, signedInPerson } from '#kernel/auth/require-viewer.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import type { ReportReason } from '#kernel/moderation/moderation-case.js';
import { checkText } from '#kernel/write/check-text.js';
import type { PeopleContext } from '../people-context.js';
import { requirePerson } from '../person/person.js';
import type { PersonCase } from './person-case.js';
import { addPersonReport, openPersonCase, reportTurn, settlePersonCase } from './person-report.repository.js';

export interface ReportPerson {
  readonly person: string;
  readonly reason: ReportReason;
  readonly note?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Asks the administrators to look at what somebody does. A second report of the same person before they decide changes nothing. */
export async function reportPerson(ctx: PeopleContext, input: ReportPerson): Promise<{ cursor: string | null }> {
  const { personId: reporterId } = signedInPerson(ctx.viewer);
  const note = input.note ?? '';
  checkText(note, 'note', 0, 2_000);
  const { id: personId } = await requirePerson(ctx, input.person, 'person');
  if (personId === reporterId) throw invalid('This is you; reports are about others.', 'person');
  const { cursor } = await ctx.write({ name: 'reportPerson', input, inTurn: reportTurn }, async (tx) => {
    const createdAt = ctx.now();
    const fresh = { id: ctx.newId('ModerationCase'), personId, openedAt: createdAt };
    const caseId = await openPersonCase(tx, fresh, reporterId);
    if (caseId === undefined) throw notFound('person', personId, 'person');
    if (!(await addPersonReport(tx, { caseId, reporterId, reason: input.reason, note, createdAt }))) return caseId;
    const data = { person: personId, reason: input.reason };
    tx.append({ type: 'people.case.reported', subject: caseId, data });
    return caseId;
  });
  return { cursor };
}

export interface DismissPersonReports {
  readonly person: string;
  readonly note: string;
  readonly idempotencyKey?: string | null;
}

export interface DecidedCase {
  readonly case: PersonCase | null;
  readonly cursor: string | null;
}

/** Lets somebody be who was reported; to shut them out, suspend them. Without open reports it changes nothing. */
export async function dismissPersonReports(ctx: PeopleContext, input: DismissPersonReports): Promise<DecidedCase> {
  requireAdministrator(ctx.viewer, 'decide on reports about people');
  const viewer = signedInPerson(ctx.viewer);
  checkText(input.note, 'note', 1, 2_000);
  const { id: personId } = await requirePerson(ctx, input.person, 'person');
  if (personId === viewer.personId) throw invalid('Reports about you are for another administrator.', 'person');
  const { result: id, cursor } = await ctx.write({ name: 'dismissPersonReports', input }, async (tx) => {
    const settlement = { state: 'dismissed', decision: input.note, by: viewer.personId, at: ctx.now() } as const;
    const settled = await settlePersonCase(tx, personId, settlement);
    if (settled === undefined) return null;
    tx.append({ type: 'people.case.dismissed', subject: settled, data: { person: personId } });
    return settled;
  });
  return { case: id === null ? null : await ctx.personCases.load(id), cursor };
}
