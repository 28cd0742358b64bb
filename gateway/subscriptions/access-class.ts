import type { Viewer } from '#kernel/auth/viewer.js';

/** Viewers of one class see the same of everything: only they share a stream. */
export function accessClass(viewer: Viewer): string {
  return viewer.kind === 'person' ? `person:${viewer.personId}` : viewer.kind;
}
