import { exportOf } from '#kernel/audit/tell-export.js';
import type { Seal } from '#kernel/auth/sealed-text.js';
import { readPage } from '#kernel/connections/page.js';
import { requestError } from '#kernel/errors/request-error.js';
import type { ExportedRecord } from '#kernel/graphql/records.type.js';
import { refsOf } from '#kernel/records/reference-store.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { type ExportedRow, exportedParts } from './exported-rows.js';

export interface ExportRequest {
  readonly space: string;
  readonly source: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface ExportPage {
  readonly nodes: readonly ExportedRecord[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * One page of everything that was said in a space: conversations, then messages, then reactions. Each kind is read along its
 * own index, so that the last page of a long export costs what the first one does.
 */
export async function exportRecords(ctx: RequestContext, request: ExportRequest): Promise<ExportPage> {
  const seal = ctx.pageSeal(`conversationRecords:${exportOf(ctx, request.space)}`);
  const { size, after } = readPage(request);
  const found = await readRows(ctx, request.space, after === undefined ? beginning : openPlace(seal, after), size + 1);
  const rows = found.slice(0, size);
  const names = [...new Set(rows.flatMap(({ row }) => row.names))];
  const refOf = await refsOf({ run: ctx.db.read }, request.source, names);
  const cursorOf = (entry: PlacedRow | undefined) => (entry ? closePlace(seal, entry) : null);
  return {
    nodes: rows.map(({ row }) => ({ id: row.id, record: row.toRecord(refOf) })),
    pageInfo: {
      hasNextPage: found.length > size,
      hasPreviousPage: after !== undefined,
      startCursor: cursorOf(rows[0]),
      endCursor: cursorOf(rows.at(-1)),
    },
  };
}

/** Behind the row with this id among those of the part with this number. */
interface Place {
  readonly part: number;
  readonly id: string;
}

interface PlacedRow {
  readonly part: number;
  readonly row: ExportedRow;
}

const beginning: Place = { part: 0, id: '' };

async function readRows(ctx: RequestContext, space: string, from: Place, limit: number): Promise<PlacedRow[]> {
  const found: PlacedRow[] = [];
  for (const [part, { read }] of exportedParts.entries()) {
    if (part < from.part || found.length === limit) continue;
    const after = part === from.part ? from.id : '';
    const rows = await read(ctx.db, ctx.viewer, space, after, limit - found.length);
    found.push(...rows.map((row) => ({ part, row })));
  }
  return found;
}

function closePlace(seal: Seal, { part, row }: PlacedRow): string {
  return seal.close(`${part} ${row.id}`);
}

function openPlace(seal: Seal, cursor: string): Place {
  const [part, id] = seal.open(cursor)?.split(' ') ?? [];
  if (part !== undefined && id !== undefined) return { part: Number(part), id };
  throw requestError('BAD_CURSOR', 'This is no cursor of this export. Take endCursor from its last page.');
}
