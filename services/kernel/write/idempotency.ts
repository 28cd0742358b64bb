import { createHash } from 'node:crypto';
import { type Viewer, viewerName } from '../auth/viewer.js';
import type { DatabaseTransaction } from '../database/database.js';
import { statement } from '../database/statement.js';
import { UserError } from '../errors/user-error.js';
import type { EventPosition } from '../events/event.js';
import { checkText } from './check-text.js';

export const idempotencyTable = `
  CREATE TABLE idempotency (
    viewer text NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    input_hash bytea NOT NULL,
    result jsonb,
    position jsonb,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (viewer, operation, key)
  )`;

const lifetime = "interval '24 hours'";

// Waits for another transaction that holds the same key, so two equal calls at once end as one write and one repetition.
const claim = statement(`
  INSERT INTO idempotency AS i (viewer, operation, key, input_hash, created_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (viewer, operation, key) DO UPDATE SET input_hash = excluded.input_hash, result = NULL, position = NULL, created_at = excluded.created_at
    WHERE i.created_at < excluded.created_at - ${lifetime}
  RETURNING key`);
const earlier = statement(
  'SELECT input_hash, result, position FROM idempotency WHERE viewer = $1 AND operation = $2 AND key = $3',
);
const keep = statement(
  'UPDATE idempotency SET result = $4, position = $5 WHERE viewer = $1 AND operation = $2 AND key = $3',
);
export const forgetOldKeys = statement(`DELETE FROM idempotency WHERE created_at < $1::timestamptz - ${lifetime}`);

export interface IdempotentCall {
  readonly viewer: Viewer;
  readonly operation: string;
  readonly key: string;
  readonly input: object;
  readonly now: Date;
}

export interface EarlierResult {
  readonly result: unknown;
  readonly position: EventPosition | null;
}

/** Takes the key for this transaction; gives the first result when the same call was already made. */
export async function claimKey(tx: DatabaseTransaction, call: IdempotentCall): Promise<EarlierResult | undefined> {
  checkText(call.key, 'idempotencyKey', 1, 200);
  const hash = hashInput(call.input);
  const [claimed] = await tx.run(claim, [viewerName(call.viewer), call.operation, call.key, hash, call.now]);
  if (claimed) return undefined;
  const [found] = await tx.run<{ input_hash: Buffer } & EarlierResult>(earlier, [
    viewerName(call.viewer),
    call.operation,
    call.key,
  ]);
  if (found?.input_hash.equals(hash)) return { result: found.result, position: found.position };
  throw new UserError(
    'IDEMPOTENCY_KEY_REUSED',
    `The idempotency key "${call.key}" was used within 24 hours for ${call.operation} with another input. Use a new key for a new request.`,
    ['input', 'idempotencyKey'],
  );
}

export async function keepResult(
  tx: DatabaseTransaction,
  call: IdempotentCall,
  result: unknown,
  position: EventPosition | null,
): Promise<void> {
  await tx.run(keep, [
    viewerName(call.viewer),
    call.operation,
    call.key,
    JSON.stringify(result),
    JSON.stringify(position),
  ]);
}

function hashInput(input: object): Buffer {
  const { clientMutationId: _, ...rest } = input as Record<string, unknown>;
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(rest)))
    .digest();
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sortKeys(item)]));
}
