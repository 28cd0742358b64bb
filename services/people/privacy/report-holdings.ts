import { type Holding, holding } from '#kernel/privacy/holding.js';

/** What people reported of each other. Who was reported learns of a decision against them, never that somebody said something. */
export const reportHoldings: readonly Holding[] = [
  holding('caseAboutOneself', {
    table: 'person_case',
    of: ['person_id'],
    where: `t.person_id = viewer.id AND t.state = 'suspended'`,
    shows: ['id', 'state', 'decided_at'],
  }),
  holding('personCaseDecided', {
    table: 'person_case',
    of: ['decided_by'],
    shows: ['id', 'person_id', 'state', 'decision', 'decided_at'],
  }),
  holding('personReport', {
    table: 'person_report',
    of: ['reporter_id'],
    join: 'JOIN person_case k ON k.id = t.case_id',
    id: 't.case_id',
    shows: [['personId', 'k.person_id'], 'reason', 'note', 'created_at'],
  }),
];
