import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { useOf } from '../credential/credential-use.js';
import { noClaims, notSuspended, personClaims, type ViewerClaims } from '../viewer/viewer-claims.js';
import { AccessToken } from './access-token.entity.js';
import { visibleAccessToken } from './access-token.policy.js';

export const accessTokenColumns = selectList(AccessToken, 'a');

const newestFirst: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'a.created_at', type: 'timestamptz' },
    { sql: 'a.id', type: 'text' },
  ],
};
const allTokens: List = { name: 'accessTokens', from: 'access_token a', columns: accessTokenColumns };

/** The tokens that speak for a person, revoked ones left out. */
export function selectAccessTokens(viewer: Viewer, personId: string): Selection {
  const own = condition('a.person_id = ? AND a.revoked_at IS NULL', personId);
  return { list: allTokens, order: newestFirst, where: [own, visibleAccessToken(viewer)] };
}

const insert = statement(`
  INSERT INTO access_token (id, person_id, name, scopes, hash, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (hash) DO NOTHING RETURNING id`);

/** False when the token is known already. */
export async function insertAccessToken(tx: Write, token: NewAccessToken): Promise<boolean> {
  const { id, personId, name, scopes, hash, createdAt, expiresAt } = token;
  return (await tx.run(insert, [id, personId, name, scopes, hash, createdAt, expiresAt])).length > 0;
}

export type NewAccessToken = Omit<AccessToken, 'revokedAt' | 'lastUsedAt'>;

const revoke = statement('UPDATE access_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id');

/** False when it was revoked before. */
export async function revokeRow(tx: Write, id: string, at: Date): Promise<boolean> {
  return (await tx.run(revoke, [id, at])).length > 0;
}

// A second rotation within the overlap of the first ends the oldest text at once.
const rotate = statement(`
  UPDATE access_token SET previous_hash = hash, previous_until = $3, hash = $2
  WHERE id = $1 AND revoked_at IS NULL RETURNING id`);

/** False when it was revoked before. */
export async function rotateRow(tx: Write, id: string, hash: string, until: Date): Promise<boolean> {
  return (await tx.run(rotate, [id, hash, until])).length > 0;
}

const use = statement(
  useOf(
    'access_token',
    `SELECT ${personClaims}, used.scopes, used.ends_at AS "expiresAt"
     FROM used JOIN person p ON p.id = used.person_id WHERE ${notSuspended}`,
  ),
);

/** Who a token speaks for now; null when it is unknown, revoked or too old, or its person is shut out. */
export async function noteUse(database: Database, hash: string, at: Date): Promise<ViewerClaims | null> {
  const [found] = await database.read<ViewerClaims>(use, [hash, at]);
  return found ? { ...noClaims, ...found } : null;
}
