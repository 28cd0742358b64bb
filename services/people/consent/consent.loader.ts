import DataLoader from 'dataloader';
import { statement } from '#kernel/database/statement.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';

/** What a person lets the hub keep. Who never said anything lets ties be kept. */
export interface Consent {
  readonly ties: boolean;
  /** When the person last said so; null for who never did. */
  readonly changedAt: Date | null;
}

/** By the id of the person. */
export type ConsentLoader = Pick<DataLoader<string, Consent>, 'load' | 'clear'>;

const consents = statement(
  'SELECT person_id AS id, ties, changed_at AS "changedAt" FROM consent WHERE person_id = ANY($1::text[])',
);

export function consentLoader(ctx: RequestContext): ConsentLoader {
  return new DataLoader<string, Consent>(async (ids) => {
    const rows = await ctx.db.read<Consent & { id: string }>(consents, [ids]);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? { ties: true, changedAt: null });
  });
}
