import type { Scope } from '#kernel/auth/scopes.js';
import type { PartyKind, Viewer } from '#kernel/auth/viewer.js';
import { notAllowed } from '#kernel/errors/request-error.js';

/** Who asks with a credential, as the gateway needs it: of a person or of a client, the rest is null. */
export interface ViewerClaims {
  readonly personId: string | null;
  readonly clientId: string | null;
  readonly organizationId: string | null;
  readonly party: PartyKind;
  readonly administrator: boolean;
  /** Null for all. */
  readonly scopes: readonly Scope[] | null;
  /** Null for all that are open to its organisation. */
  readonly spaces: readonly string[] | null;
  readonly expiresAt: Date | null;
}

export const noClaims = {
  personId: null,
  clientId: null,
  organizationId: null,
  administrator: false,
  scopes: null,
  spaces: null,
  expiresAt: null,
} as const;

/** The columns of a person `p` that are claims. */
export const personClaims = 'p.id AS "personId", p.organization_id AS "organizationId", p.party, p.administrator';
export const notSuspended = 'NOT EXISTS (SELECT 1 FROM suspension s WHERE s.person_id = p.id)';

/** Only the hub itself turns credentials into viewers. */
export function checkIsHub(viewer: Viewer): void {
  if (viewer.kind !== 'system') throw notAllowed('look up credentials', 'the hub itself');
}
