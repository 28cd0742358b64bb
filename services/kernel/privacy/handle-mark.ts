import { createHash, createHmac } from 'node:crypto';

/**
 * What stands for a handle in an event, where the handle itself must not: who knows the hub's secret can tell whether a text
 * contains it, and nobody can read it out, however few handles there are to guess. PostgreSQL computes it as well, see
 * `erase-handle.ts`: `encode(sha256(key || lower(handle)), 'hex')`.
 */
export function handleMark(secret: string, handle: string): string {
  return createHash('sha256')
    .update(`${markKey(secret)}${handle.toLowerCase()}`)
    .digest('hex');
}

/** The key of all marks of a hub, as text. */
export function markKey(secret: string): string {
  return createHmac('sha256', secret).update('handle-mark').digest('hex');
}
