import DataLoader from 'dataloader';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { administratorsOf } from './organization-administrator.repository.js';

/** Ids of the people who speak for an organisation, those of all organisations asked about in one statement. */
export type AdministratorsLoader = Pick<DataLoader<string, readonly string[]>, 'load' | 'clear'>;

export function administratorsLoader(ctx: RequestContext): AdministratorsLoader {
  return new DataLoader<string, readonly string[]>(async (organizationIds) => {
    const administrators = await administratorsOf(ctx.db, organizationIds);
    return organizationIds.map((id) => administrators.get(id) ?? []);
  });
}
