type Table = 'access_token' | 'api_client';

/**
 * The statement with which a credential is used: whose hash it is, current or just rotated away, unless revoked or too old. The use
 * is noted at most once a minute, and only for one that is worth something: a busy client costs one small write a minute instead of
 * one a request.
 */
export function useOf(table: Table, answer: string): string {
  const found = `
    SELECT c.*, CASE WHEN c.hash = $1 THEN c.expires_at ELSE least(c.expires_at, c.previous_until) END AS ends_at
    FROM ${table} c WHERE (c.hash = $1 OR c.previous_hash = $1) AND c.revoked_at IS NULL`;
  return useOfFound(table, found, answer);
}

/** The same where the row is found by something else; `found` has its id, its last use and when it ends. */
export function useOfFound(table: Table, found: string, answer: string): string {
  const minute = `date_trunc('minute', $2::timestamptz)`;
  return `
    WITH found AS (
      ${found}
    ), used AS (
      SELECT * FROM found WHERE ends_at IS NULL OR ends_at > $2::timestamptz
    ), noted AS (
      UPDATE ${table} c SET last_used_at = ${minute} FROM used
      WHERE c.id = used.id AND (c.last_used_at IS NULL OR c.last_used_at < ${minute})
    )
    ${answer}`;
}
