import { requireAdministrator } from '#kernel/auth/require-viewer.js';
import { isAdministrator, type Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';

/** Organisations, teams and people are the directory of the hub: everybody signed in finds all of it, nobody else anything. */
export function visibleInDirectory(viewer: Viewer): Condition {
  return { text: isInside(viewer) ? 'TRUE' : 'FALSE', values: [] };
}

export function checkMayKeepDirectory(viewer: Viewer, what: string): void {
  requireAdministrator(viewer, what);
}

function isInside(viewer: Viewer): boolean {
  return viewer.kind === 'person' || viewer.kind === 'client' || isAdministrator(viewer);
}
