import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { visibleProgram } from './program.policy.js';

/** What others learn of an API client. */
export interface Program {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
}

export function programLoader(ctx: RequestContext): RowLoader<Program> {
  return rowLoader<Program>(ctx, {
    from: 'api_client c',
    alias: 'c',
    columns: 'c.id, c.name, c.organization_id AS "organizationId"',
    visible: visibleProgram(ctx.viewer),
  });
}
