import { beginsExport, exportOf, tellPersonalDataExported } from '../audit/tell-export.js';
import { signedInPerson } from '../auth/require-viewer.js';
import { type Connection, connect } from '../connections/connection.js';
import type { PageArguments } from '../connections/page.js';
import { type Keyed, refer } from '../graphql/entity-key.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { Holding } from './holding.js';
import { type HeldRow, selectHoldings } from './select-holdings.js';

/** What is held on whom, in parts of the three services; the id is that of the person. */
export interface OwnExport extends Keyed {
  readonly id: string;
}

/** The export of the person who asks; refuses everybody else. */
export function ownExport({ viewer }: RequestContext): OwnExport {
  const { personId: id } = signedInPerson(viewer);
  return { key: id, id };
}

/** The export a key refers to: that of anybody but the person who asks does not exist, administrators or not. */
export function ownExportOf(key: string, { viewer }: RequestContext): Keyed | null {
  return viewer.kind === 'person' && viewer.personId === key ? refer(key) : null;
}

/** A page of what one service holds on the person who asks, whoever the export was thought to be of. The first of them is told of. */
export async function heldPage(
  ctx: RequestContext,
  service: 'people' | 'ideas' | 'conversations',
  holdings: readonly Holding[],
  page: PageArguments,
): Promise<Connection<HeldRow>> {
  const { personId } = signedInPerson(ctx.viewer);
  if (beginsExport(page)) await tellPersonalDataExported(ctx, service, personId);
  const selection = selectHoldings(`exportMyData.${service}`, holdings, personId);
  return connect<HeldRow>(ctx, { ...selection, sealedFor: exportOf(ctx) }, page);
}
