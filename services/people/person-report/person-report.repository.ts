import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database, DatabaseTransaction } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { maxReports } from '#kernel/moderation/moderation.repository.js';
import type { PersonCase, PersonCaseState, PersonReport } from './person-case.js';
import { decidedByViewer } from './person-report.policy.js';

export const personCaseColumns = `k.id, k.person_id AS "personId", k.state, k.decision, k.decided_by AS "decidedById",
  k.opened_at AS "openedAt", k.decided_at AS "decidedAt",
  (SELECT count(*)::integer FROM person_report r WHERE r.case_id = k.id) AS "reporterCount"`;

const longestWaiting: ListOrder = {
  name: 'LONGEST_WAITING',
  direction: 'ASC',
  terms: [
    { sql: 'k.opened_at', type: 'timestamptz' },
    { sql: 'k.id', type: 'text' },
  ],
};
const allCases: List = { name: 'personCases', from: 'person_case k', columns: personCaseColumns };

export function selectPersonCases(viewer: Viewer, states: readonly PersonCaseState[]): Selection {
  const inState = condition('k.state = ANY(?::text[])', states);
  return { list: allCases, order: longestWaiting, where: [decidedByViewer(viewer), inState] };
}

/** Reports and erasures take turns: nothing is written of, or by, somebody who is going. */
export const reportTurn = 'people.reports';

// The update that changes nothing makes PostgreSQL give back the open case, and holds it until the report is in it.
const open = statement(`
  INSERT INTO person_case AS k (id, person_id, state, opened_at)
  SELECT $1, p.id, 'reported', $3 FROM person p WHERE p.id = $2 AND EXISTS (SELECT 1 FROM person WHERE id = $4)
  ON CONFLICT (person_id) WHERE state = 'reported' DO UPDATE SET state = k.state
  RETURNING id`);

/** Id of the case that waits for a decision on this person, the one there is or a new one; undefined where one of the two was erased. */
export async function openPersonCase(
  tx: DatabaseTransaction,
  { id, personId, openedAt }: Pick<PersonCase, 'id' | 'personId' | 'openedAt'>,
  reporterId: string,
): Promise<string | undefined> {
  const [found] = await tx.run<{ id: string }>(open, [id, personId, openedAt, reporterId]);
  return found?.id;
}

const report = statement(`
  INSERT INTO person_report (case_id, reporter_id, reason, note, created_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING RETURNING case_id`);

/** False when this person reported it before. */
export async function addPersonReport(tx: DatabaseTransaction, given: PersonReport): Promise<boolean> {
  const { caseId, reporterId, reason, note, createdAt } = given;
  return (await tx.run(report, [caseId, reporterId, reason, note, createdAt])).length > 0;
}

export interface Settlement {
  readonly state: Exclude<PersonCaseState, 'reported'>;
  readonly decision: string | null;
  readonly by: string;
  readonly at: Date;
}

const settle = statement(`
  UPDATE person_case SET state = $2, decision = $3, decided_by = $4, decided_at = $5
  WHERE person_id = $1 AND state = 'reported' RETURNING id`);

/** Id of the case that waited for a decision on this person; undefined where none did. */
export async function settlePersonCase(
  tx: DatabaseTransaction,
  personId: string,
  { state, decision, by, at }: Settlement,
): Promise<string | undefined> {
  const [settled] = await tx.run<{ id: string }>(settle, [personId, state, decision, by, at]);
  return settled?.id;
}

const newestReports = statement(`
  SELECT found.* FROM unnest($1::text[]) AS asked(id) CROSS JOIN LATERAL (
    SELECT r.case_id AS "caseId", r.reporter_id AS "reporterId", r.reason, r.note, r.created_at AS "createdAt"
    FROM person_report r WHERE r.case_id = asked.id ORDER BY r.created_at DESC, r.reporter_id LIMIT ${maxReports}) found`);

export function personReportsOf(database: Database, caseIds: readonly string[]): Promise<PersonReport[]> {
  return database.read<PersonReport>(newestReports, [caseIds]);
}
