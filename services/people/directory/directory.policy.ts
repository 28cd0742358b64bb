import { requireAdministrator } from '#kernel/auth/require-viewer.js';
import { findsDirectory, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';

/**
 * Organisations, teams and people are the directory of the hub. Those inside find all of it, nobody who is not signed in finds
 * anything, and everybody else what `toOutsiders` admits.
 */
export function visibleInDirectory(viewer: Viewer, toOutsiders: (outsider: Outsider) => Condition): Condition {
  if (findsDirectory(viewer)) return { text: 'TRUE', values: [] };
  if (viewer.kind === 'person') return toOutsiders({ ...viewer, organizationId: viewer.organizationId ?? '' });
  if (viewer.kind !== 'client') return { text: 'FALSE', values: [] };
  // Limited to some spaces, a client has no business with the rest of its organisation.
  return toOutsiders({ personId: '', organizationId: viewer.spaces === null ? viewer.organizationId : '' });
}

/** Somebody who finds only what spaces and their own organisation show them. */
export interface Outsider {
  readonly personId: string;
  readonly organizationId: string;
}

export function checkMayKeepDirectory(viewer: Viewer, what: string): void {
  requireAdministrator(viewer, what);
}
