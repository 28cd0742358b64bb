import { requireAdministrator } from '../auth/require-viewer.js';
import type { Scope } from '../auth/scopes.js';
import type { Viewer } from '../auth/viewer.js';

/** What moves records in and out of a hub as a whole. */
export const recordScopes: readonly Scope[] = ['records:import', 'records:export'];

/**
 * Records speak for everybody, so they are for administrators - and for a program of the host to which an administrator of the hub
 * gave the scope, which the call has been checked for already.
 */
export function requireMovesRecords(viewer: Viewer, what: string): void {
  if (viewer.kind === 'client' && viewer.party === 'internal' && viewer.spaces === null) return;
  requireAdministrator(viewer, what);
}
