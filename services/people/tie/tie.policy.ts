import { signedInPerson } from '#kernel/auth/require-viewer.js';
import type { Viewer } from '#kernel/auth/viewer.js';
import type { Condition } from '#kernel/connections/condition.js';

/** Ties are for the two people they are between, and for nobody else: administrators and the hub itself do not see them either. */
export function visibleTie(viewer: Viewer): Condition {
  if (viewer.kind !== 'person') return { text: 'FALSE', values: [] };
  return { text: '? IN (t.a, t.b)', values: [viewer.personId] };
}

/** Whose tie list this is may read it. */
export function ownTies(viewer: Viewer): Condition {
  if (viewer.kind !== 'person') return { text: 'FALSE', values: [] };
  return { text: 't.a = ?', values: [viewer.personId] };
}

export function isSelf(viewer: Viewer, personId: string): boolean {
  return viewer.kind === 'person' && viewer.personId === personId;
}

/** Everybody decides about their own ties, and nobody about those of somebody else. */
export function personToConsent(viewer: Viewer): string {
  return signedInPerson(viewer).personId;
}
