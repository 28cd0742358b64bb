import type { Scope } from '#kernel/auth/scopes.js';
import type { Database } from '#kernel/database/database.js';
import { statement } from '#kernel/database/statement.js';
import { clientClaims } from '../api-client/api-client.repository.js';
import { useOf, useOfFound } from '../credential/credential-use.js';
import { noClaims, type ViewerClaims } from '../viewer/viewer-claims.js';

/** A client that has shown its secret. */
export interface ProvenClient {
  readonly id: string;
  readonly scopes: readonly Scope[];
  readonly endsAt: Date | null;
}

const prove = statement(useOf('api_client', 'SELECT used.id, used.scopes, used.ends_at AS "endsAt" FROM used'));

/** The client whose secret this is; null when it is unknown, revoked or too old. */
export async function provenBy(database: Database, secretHash: string, at: Date): Promise<ProvenClient | null> {
  const [found] = await database.read<ProvenClient>(prove, [secretHash, at]);
  return found ?? null;
}

export interface NewClientToken {
  readonly hash: string;
  readonly clientId: string;
  readonly secretHash: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
}

// Those that are over are taken away by whoever gets the next one: there is never more than a lifetime of them.
const keep = statement(`
  WITH over AS (DELETE FROM client_token WHERE expires_at < $6)
  INSERT INTO client_token (hash, client_id, secret_hash, scopes, expires_at) VALUES ($1, $2, $3, $4, $5)`);

export async function keepClientToken(database: Database, token: NewClientToken, now: Date): Promise<void> {
  const { hash, clientId, secretHash, scopes, expiresAt } = token;
  await database.read(keep, [hash, clientId, secretHash, scopes, expiresAt, now]);
}

const use = statement(
  useOfFound(
    'api_client',
    `SELECT c.id, c.organization_id, c.spaces, c.last_used_at, t.scopes,
       CASE WHEN c.hash = t.secret_hash THEN t.expires_at ELSE least(t.expires_at, c.previous_until) END AS ends_at
     FROM client_token t JOIN api_client c ON c.id = t.client_id
     WHERE t.hash = $1 AND c.revoked_at IS NULL AND t.secret_hash IN (c.hash, c.previous_hash)`,
    clientClaims,
  ),
);

/** Which client asks with a token it was given for its secret; null when it is unknown or over, or the secret is. */
export async function noteTokenUse(database: Database, hash: string, at: Date): Promise<ViewerClaims | null> {
  const [found] = await database.read<ViewerClaims>(use, [hash, at]);
  return found ? { ...noClaims, ...found } : null;
}
