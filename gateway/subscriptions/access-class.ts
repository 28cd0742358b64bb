import type { Viewer } from '#kernel/auth/viewer.js';

/**
 * Viewers of one class see the same of everything: only they share a stream. Everything of a viewer counts, since a stream outlives
 * its last subscriber for a while: somebody whose organisation or spaces changed must not come back to the one from before.
 */
export function accessClass(viewer: Viewer): string {
  return JSON.stringify(viewer);
}
