import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { noClaims, notSuspended, personClaims, type ViewerClaims } from '../viewer/viewer-claims.js';
import { Identity } from './identity.entity.js';
import { visibleIdentity } from './identity.policy.js';

export const identityColumns = selectList(Identity, 'i');

const oldestFirst: ListOrder = {
  name: 'OLDEST',
  direction: 'ASC',
  terms: [
    { sql: 'i.created_at', type: 'timestamptz' },
    { sql: 'i.id', type: 'text' },
  ],
};
const allIdentities: List = { name: 'identities', from: 'identity i', columns: identityColumns };

export function selectIdentities(viewer: Viewer, personId: string): Selection {
  const where = [condition('i.person_id = ?', personId), visibleIdentity(viewer)];
  return { list: allIdentities, order: oldestFirst, where };
}

/** What an issuer calls somebody. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

const claims = statement(`
  SELECT ${personClaims} FROM identity i JOIN person p ON p.id = i.person_id
  WHERE i.issuer = $1 AND i.subject = $2 AND ${notSuspended}`);

/** Who asks; null when nobody is linked, or the person is shut out. */
export async function claimsOf(database: Database, { issuer, subject }: Subject): Promise<ViewerClaims | null> {
  const [found] = await database.read<ViewerClaims>(claims, [issuer, subject]);
  return found ? { ...noClaims, ...found } : null;
}

// A domain that several organisations have says nothing about whose somebody is.
const ways = statement(`
  SELECT (SELECT person_id FROM identity WHERE issuer = $1 AND subject = $2) AS linked,
    EXISTS (SELECT 1 FROM erased_sign_in WHERE mark = $6) AS erased,
    (SELECT id FROM identity WHERE issuer = $1 AND lower(email) = lower($3)) AS expected,
    ARRAY(SELECT id FROM organization WHERE id = $4 OR domains @> ARRAY[$5::text]) AS organizations`);

/** How somebody could be let in. */
export interface Ways {
  readonly linked: string | null;
  /** Whoever it was let in as was erased. */
  readonly erased: boolean;
  /** The identity that waits for their e-mail address. */
  readonly expected: string | null;
  readonly organizations: readonly string[];
}

export interface Vouched extends Subject {
  readonly email?: string | null;
  readonly organization?: string | null;
  readonly domain?: string | null;
}

const none: Ways = { linked: null, erased: false, expected: null, organizations: [] };

export async function waysIn(
  read: (values: readonly unknown[]) => Promise<readonly Ways[]>,
  { issuer, subject, email, organization, domain }: Vouched,
  mark: string,
): Promise<Ways> {
  const [found] = await read([issuer, subject, email ?? null, organization ?? null, domain ?? null, mark]);
  return found ?? none;
}

export const readWays = (database: Database) => (values: readonly unknown[]) => database.read<Ways>(ways, [...values]);
export const readWaysIn = (tx: Write) => (values: readonly unknown[]) => tx.run<Ways>(ways, [...values]);

const bind = statement(
  'UPDATE identity SET subject = $2, email = NULL, linked_at = $3 WHERE id = $1 RETURNING person_id',
);

/** The address has done its work, and is personal: it is not kept. */
export async function bindExpected(tx: Write, id: string, subject: string, at: Date): Promise<string> {
  const [row] = await tx.run<{ person_id: string }>(bind, [id, subject, at]);
  if (!row) throw new Error(`The identity ${id} is gone.`);
  return row.person_id;
}

const remove = statement('DELETE FROM identity WHERE id = $1 RETURNING id');

export async function removeIdentity(tx: Write, id: string): Promise<boolean> {
  return (await tx.run(remove, [id])).length > 0;
}
