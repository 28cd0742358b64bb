/** Who asks. The gateway finds it out once per request; every subgraph decides by it. */
export type Viewer = AnonymousViewer | PersonViewer | SystemViewer;

export interface AnonymousViewer {
  readonly kind: 'anonymous';
}

export interface PersonViewer {
  readonly kind: 'person';
  readonly personId: string;
  /** The organisation the person belongs to; null for somebody of none. */
  readonly organizationId: string | null;
  readonly party: PartyKind;
  readonly administrator: boolean;
}

/** The hub itself, for calls between its parts. No token leads here. */
export interface SystemViewer {
  readonly kind: 'system';
}

export const partyKinds = ['internal', 'customer', 'partner', 'supplier', 'public'] as const;
export type PartyKind = (typeof partyKinds)[number];

export const anonymous: AnonymousViewer = { kind: 'anonymous' };
export const system: SystemViewer = { kind: 'system' };

export function isAdministrator(viewer: Viewer): boolean {
  return viewer.kind === 'system' || (viewer.kind === 'person' && viewer.administrator);
}
