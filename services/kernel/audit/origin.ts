import type { DatabaseTransaction } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { StoredEvent } from '../events/event-log.js';
import { isAudited } from './audited-types.js';

/** The request that asked for a change. */
export interface Origin {
  readonly requestId: string;
  /** Network address of who asked; null where there is none, as for the hub itself. */
  readonly address: string | null;
}

const keep = statement(`
  INSERT INTO event_origin (event_id, actor, request_id, address, at)
  SELECT e.id, e.actor, $3, $4, $5 FROM unnest($1::text[], $2::text[]) AS e(id, actor)`);

/** Notes from where audited events come, in the transaction that appends them; other changes cost nothing. */
export async function keepOrigin(
  tx: DatabaseTransaction,
  events: readonly StoredEvent[],
  { requestId, address }: Origin,
  now: Date,
): Promise<void> {
  const audited = events.filter(({ type }) => isAudited(type));
  if (audited.length === 0) return;
  const ids = audited.map(({ id }) => id);
  const actors = audited.map(({ actor }) => actor);
  await tx.run(keep, [ids, actors, requestId, address, now]);
}

/** As long as whoever follows the log may need to come by; the audit log has its copy after moments. */
export const originDays = 7;

export const forgetOldOrigins = statement(
  `DELETE FROM event_origin WHERE at < $1::timestamptz - interval '${originDays} days'`,
);
