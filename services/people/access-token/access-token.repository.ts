import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import type { Person } from '../person/person.entity.js';
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
  INSERT INTO access_token (id, person_id, name, hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (hash) DO NOTHING RETURNING id`);

/** False when the token is known already. */
export async function insertAccessToken(tx: Write, token: NewAccessToken): Promise<boolean> {
  const { id, personId, name, hash, createdAt, expiresAt } = token;
  return (await tx.run(insert, [id, personId, name, hash, createdAt, expiresAt])).length > 0;
}

export type NewAccessToken = Omit<AccessToken, 'revokedAt' | 'lastUsedAt'>;

const revoke = statement('UPDATE access_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id');

/** False when it was revoked before. */
export async function revokeRow(tx: Write, id: string, at: Date): Promise<boolean> {
  return (await tx.run(revoke, [id, at])).length > 0;
}

// The use is noted at most once a minute, and only for a token that is worth something: a busy client costs one small write a
// minute instead of one a request.
const use = statement(`
  WITH found AS (
    SELECT a.id, a.person_id, a.expires_at FROM access_token a
    WHERE a.hash = $1 AND a.revoked_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > $2::timestamptz)
  ), noted AS (
    UPDATE access_token a SET last_used_at = date_trunc('minute', $2::timestamptz) FROM found
    WHERE a.id = found.id AND (a.last_used_at IS NULL OR a.last_used_at < date_trunc('minute', $2::timestamptz))
  )
  SELECT p.id AS "personId", p.organization_id AS "organizationId", p.party, p.administrator,
    found.expires_at AS "expiresAt"
  FROM found JOIN person p ON p.id = found.person_id`);

/** For whom a token speaks, as the gateway needs it to say who asks. */
export interface TokenUse extends Pick<Person, 'organizationId' | 'party' | 'administrator'> {
  readonly personId: string;
  readonly expiresAt: Date | null;
}

/** Who a token speaks for now; null when it is unknown, revoked or too old. */
export async function noteUse(database: Database, hash: string, at: Date): Promise<TokenUse | null> {
  const [found] = await database.read<TokenUse>(use, [hash, at]);
  return found ?? null;
}
