import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database } from '#kernel/database/database.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { SharingAgreement, type SharingState } from './sharing-agreement.entity.js';
import { visibleAgreement } from './sharing-agreement.policy.js';

export const agreementColumns = selectList(SharingAgreement, 'a');

export interface SharingAgreementFilter {
  readonly organization?: string | null;
  readonly space?: string | null;
  readonly states?: readonly SharingState[] | null;
}

const latest: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'a.proposed_at', type: 'timestamptz' },
    { sql: 'a.id', type: 'text' },
  ],
};
const allAgreements: List = { name: 'sharingAgreements', from: 'sharing_agreement a', columns: agreementColumns };

export function selectAgreements(viewer: Viewer, filter: SharingAgreementFilter = {}): Selection {
  return { list: allAgreements, order: latest, where: [visibleAgreement(viewer), ...conditionsOf(filter)] };
}

function conditionsOf({ organization, space, states }: SharingAgreementFilter): Condition[] {
  const state = `CASE WHEN a.revoked_at IS NOT NULL THEN 'revoked' WHEN a.in_force_at IS NOT NULL THEN 'in_force' ELSE 'proposed' END`;
  return [
    ...(organization ? [condition('a.organization_ids @> ARRAY[?::text]', organization)] : []),
    ...(space ? [condition('a.space_ids @> ARRAY[?::text]', space)] : []),
    ...(states ? [condition(`${state} = ANY(?::text[])`, states)] : []),
  ];
}

export interface Signature {
  readonly agreementId: string;
  readonly organizationId: string;
  readonly personId: string;
  readonly signedAt: Date;
}

const signatures = statement(`
  SELECT s.agreement_id AS "agreementId", s.organization_id AS "organizationId", s.person_id AS "personId", s.signed_at AS "signedAt"
  FROM sharing_signature s WHERE s.agreement_id = ANY($1::text[]) ORDER BY s.signed_at, s.organization_id`);

/** The signatures under each of these agreements, in the order they were given. */
export async function signaturesOf(
  database: Database,
  agreementIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Signature[]>> {
  const found = new Map<string, Signature[]>(agreementIds.map((id) => [id, []]));
  for (const row of await database.read<Signature>(signatures, [agreementIds])) found.get(row.agreementId)?.push(row);
  return found;
}

const sign = statement(`
  INSERT INTO sharing_signature (agreement_id, organization_id, person_id, signed_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING RETURNING agreement_id`);

/** False when the organisation has signed before. */
export async function insertSignature(tx: Write, signature: Signature): Promise<boolean> {
  const { agreementId, organizationId, personId, signedAt } = signature;
  return (await tx.run(sign, [agreementId, organizationId, personId, signedAt])).length > 0;
}

const isRevoked = statement('SELECT revoked_at IS NOT NULL AS revoked FROM sharing_agreement WHERE id = $1 FOR UPDATE');
const putInForce = statement(`
  UPDATE sharing_agreement a SET in_force_at = $2
  WHERE a.id = $1 AND a.in_force_at IS NULL
    AND (SELECT count(*) FROM sharing_signature s WHERE s.agreement_id = a.id) = cardinality(a.organization_ids)
  RETURNING a.id`);
const revoke = statement(`
  UPDATE sharing_agreement SET revoked_at = $2, revoked_by_id = $3 WHERE id = $1 AND revoked_at IS NULL RETURNING id`);

/** Holds the agreement until the end of the transaction. */
export async function holdAgreement(tx: Write, id: string): Promise<{ revoked: boolean }> {
  const [row] = await tx.run<{ revoked: boolean }>(isRevoked, [id]);
  return { revoked: row?.revoked ?? true };
}

/** True when everybody has signed and nobody had noticed yet. */
export async function putInForceWhenSigned(tx: Write, id: string, at: Date): Promise<boolean> {
  return (await tx.run(putInForce, [id, at])).length > 0;
}

/** False when it was revoked before. */
export async function revokeRow(tx: Write, id: string, at: Date, organizationId: string): Promise<boolean> {
  return (await tx.run(revoke, [id, at, organizationId])).length > 0;
}
