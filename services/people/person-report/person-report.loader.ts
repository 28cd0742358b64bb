import DataLoader from 'dataloader';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { PersonCase, PersonReport } from './person-case.js';
import { decidedByViewer } from './person-report.policy.js';
import { personCaseColumns, personReportsOf } from './person-report.repository.js';

export function personCaseLoader(ctx: RequestContext): RowLoader<PersonCase> {
  return rowLoader<PersonCase>(ctx, {
    from: 'person_case k',
    alias: 'k',
    columns: personCaseColumns,
    visible: decidedByViewer(ctx.viewer),
  });
}

/** The newest reports of a case, those of all cases asked about in one statement. */
export type PersonReportsLoader = Pick<DataLoader<string, readonly PersonReport[]>, 'load'>;

export function personReportsLoader(ctx: RequestContext): PersonReportsLoader {
  return new DataLoader<string, readonly PersonReport[]>(async (caseIds) => {
    const found = await personReportsOf(ctx.db, caseIds);
    return caseIds.map((id) => found.filter(({ caseId }) => caseId === id));
  });
}
