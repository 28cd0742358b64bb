import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { useOf } from '../credential/credential-use.js';
import { noClaims, type ViewerClaims } from '../viewer/viewer-claims.js';
import { ApiClient } from './api-client.entity.js';
import { visibleApiClient } from './api-client.policy.js';

export const apiClientColumns = selectList(ApiClient, 'c');

const newestFirst: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'c.created_at', type: 'timestamptz' },
    { sql: 'c.id', type: 'text' },
  ],
};
const allClients: List = { name: 'apiClients', from: 'api_client c', columns: apiClientColumns };

/** Clients that are not revoked, of one organisation or of all. */
export function selectApiClients(viewer: Viewer, organization: string | null | undefined): Selection {
  const where = [condition('c.revoked_at IS NULL'), visibleApiClient(viewer)];
  if (organization) where.push(condition('c.organization_id = ?', organization));
  return { list: allClients, order: newestFirst, where };
}

const revoke = statement('UPDATE api_client SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id');

/** False when it was revoked before. */
export async function revokeRow(tx: Write, id: string, at: Date): Promise<boolean> {
  return (await tx.run(revoke, [id, at])).length > 0;
}

// A second rotation within the overlap of the first ends the oldest text at once.
const rotate = statement(`
  UPDATE api_client SET previous_hash = hash, previous_until = $3, hash = $2
  WHERE id = $1 AND revoked_at IS NULL RETURNING id`);

/** False when it was revoked before. */
export async function rotateRow(tx: Write, id: string, hash: string, until: Date): Promise<boolean> {
  return (await tx.run(rotate, [id, hash, until])).length > 0;
}

/** What a client `used` claims. */
export const clientClaims = `SELECT used.id AS "clientId", o.id AS "organizationId",
    CASE o.relation WHEN 'host' THEN 'internal' ELSE o.relation END AS party,
    used.scopes, used.spaces, used.ends_at AS "expiresAt"
  FROM used JOIN organization o ON o.id = used.organization_id`;

const use = statement(useOf('api_client', clientClaims));

/** Which client asks with a token; null when it is unknown, revoked or too old. */
export async function noteUse(database: Database, hash: string, at: Date): Promise<ViewerClaims | null> {
  const [found] = await database.read<ViewerClaims>(use, [hash, at]);
  return found ? { ...noClaims, ...found } : null;
}
