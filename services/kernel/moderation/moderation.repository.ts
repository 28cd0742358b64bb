import type { Viewer } from '../auth/viewer.js';
import { condition } from '../connections/condition.js';
import type { Selection } from '../connections/connection.js';
import type { List, ListOrder } from '../connections/list.js';
import type { DatabaseTransaction } from '../database/database.js';
import { statement } from '../database/statement.js';
import { aboutOwnWork, queuedFor } from './moderation.policy.js';
import type { CaseState, ModerationCase, ModerationReport } from './moderation-case.js';

export const caseColumns = `k.id, k.content_id AS "contentId", k.space_id AS "spaceId", k.author_ids AS "authorIds", k.state,
  k.report_count AS "reporterCount", k.reason, k.hidden_at AS "hiddenAt", k.hidden_by AS "hiddenById", k.appeal, k.decision,
  k.decided_by AS "decidedById", k.opened_at AS "openedAt", k.moved_at AS "movedAt"`;

const terms = [
  { sql: 'k.moved_at', type: 'timestamptz' },
  { sql: 'k.id', type: 'text' },
] as const;
const longestWaiting: ListOrder = { name: 'LONGEST_WAITING', direction: 'ASC', terms };
const latest: ListOrder = { name: 'LATEST', direction: 'DESC', terms };
const allCases: List = { name: 'cases', from: 'moderation_case k', columns: caseColumns };

const waiting: readonly CaseState[] = ['reported', 'appealed'];

export interface CaseFilter {
  readonly space?: string | null;
  readonly states?: readonly CaseState[] | null;
}

/** What waits for a decision of this viewer, or is in the states asked for. */
export function selectQueue(viewer: Viewer, { space, states }: CaseFilter): Selection {
  const ofSpace = space ? [condition('k.space_id = ?', space)] : [];
  const inState = condition('k.state = ANY(?::text[])', states ?? waiting);
  return { list: allCases, order: longestWaiting, where: [queuedFor(viewer), inState, ...ofSpace] };
}

export function selectOwnCases(viewer: Viewer): Selection {
  return { list: { ...allCases, name: 'ownCases' }, order: latest, where: [aboutOwnWork(viewer)] };
}

const open = statement(`
  INSERT INTO moderation_case AS k (id, content_id, space_id, author_ids, state, report_count, opened_at, moved_at)
  VALUES ($1, $2, $3, $4, 'reported', 0, $5, $5)
  ON CONFLICT (content_id) DO UPDATE SET space_id = excluded.space_id, author_ids = excluded.author_ids
  RETURNING ${caseColumns}`);

export type NewCase = Pick<ModerationCase, 'id' | 'contentId' | 'spaceId' | 'authorIds' | 'openedAt'>;

/** The case of a content: the one there is, or a new one. */
export async function openCase(tx: DatabaseTransaction, fresh: NewCase): Promise<ModerationCase> {
  const { id, contentId, spaceId, authorIds, openedAt } = fresh;
  const [found] = await tx.run<ModerationCase>(open, [id, contentId, spaceId, authorIds, openedAt]);
  if (!found) throw new Error(`The case of ${contentId} was not written.`);
  return found;
}

const find = statement(`SELECT ${caseColumns} FROM moderation_case k WHERE k.content_id = $1`);

export async function findCase(tx: DatabaseTransaction, contentId: string): Promise<ModerationCase | undefined> {
  const [found] = await tx.run<ModerationCase>(find, [contentId]);
  return found;
}

const move = statement(`
  UPDATE moderation_case SET state = $2, reason = $3, hidden_at = $4, hidden_by = $5, appeal = $6, decision = $7, decided_by = $8, moved_at = $9
  WHERE id = $1`);

/** Writes where a case stands now; those who move the same case take turns. */
export async function moveCase(tx: DatabaseTransaction, to: ModerationCase): Promise<void> {
  const { id, state, reason, hiddenAt, hiddenById, appeal, decision, decidedById, movedAt } = to;
  await tx.run(move, [id, state, reason, hiddenAt, hiddenById, appeal, decision, decidedById, movedAt]);
}

// A dismissed case is opened again by somebody new; the same person's word counts once.
const report = statement(`
  WITH added AS (
    INSERT INTO moderation_report (case_id, reporter_id, reason, note, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING RETURNING case_id
  )
  UPDATE moderation_case SET report_count = report_count + 1, moved_at = CASE WHEN state = 'reported' AND report_count > 0 THEN moved_at ELSE $5 END, state = 'reported'
  WHERE id IN (SELECT case_id FROM added) RETURNING id`);

/** False when this person reported it before. */
export async function addReport(tx: DatabaseTransaction, given: ModerationReport): Promise<boolean> {
  const { caseId, reporterId, reason, note, createdAt } = given;
  return (await tx.run(report, [caseId, reporterId, reason, note, createdAt])).length > 0;
}

/** More than anybody reads before deciding; the number of all is with the case. */
export const maxReports = 100;

export const reportsOf = statement(`
  SELECT found.* FROM unnest($1::text[]) AS asked(id) CROSS JOIN LATERAL (
    SELECT r.case_id AS "caseId", r.reporter_id AS "reporterId", r.reason, r.note, r.created_at AS "createdAt"
    FROM moderation_report r WHERE r.case_id = asked.id ORDER BY r.created_at DESC, r.reporter_id LIMIT ${maxReports}) found`);
