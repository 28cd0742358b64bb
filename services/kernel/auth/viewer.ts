import type { Scope } from './scopes.js';

/** Who asks. The gateway finds it out once per request; every subgraph decides by it. */
export type Viewer = AnonymousViewer | PersonViewer | ClientViewer | SystemViewer;

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
  /** Of a token that was given some scopes only. Absent for the person themselves, who has all of them. */
  readonly scopes?: readonly Scope[];
}

/** A program that asks for an organisation: it sees what is open to that organisation, and is nobody's member. */
export interface ClientViewer {
  readonly kind: 'client';
  readonly clientId: string;
  readonly organizationId: string;
  /** On whose side its organisation stands. */
  readonly party: PartyKind;
  readonly scopes: readonly Scope[];
  /** The only spaces it may enter; null when it is not limited to some. */
  readonly spaces: readonly string[] | null;
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

/** The scopes a viewer is limited to; undefined for those who are limited by who they are alone. */
export function limitingScopes(viewer: Viewer): readonly Scope[] | undefined {
  return viewer.kind === 'person' || viewer.kind === 'client' ? viewer.scopes : undefined;
}

/** Who finds the whole directory: the people of the host, and its clients unless they are limited to some spaces. */
export function findsDirectory(viewer: Viewer): boolean {
  if (viewer.kind === 'client') return viewer.party === 'internal' && viewer.spaces === null;
  return isAdministrator(viewer) || (viewer.kind === 'person' && viewer.party === 'internal');
}

/** Whether a viewer is who wrote something: a person or a client. */
export function isViewer(viewer: Viewer, authorId: string | null): boolean {
  return (viewer.kind === 'person' || viewer.kind === 'client') && viewerName(viewer) === authorId;
}

/** One name for each of those who can act or own something: keys of two viewers never meet. */
export function viewerName(viewer: Viewer): string {
  if (viewer.kind === 'person') return viewer.personId;
  return viewer.kind === 'client' ? viewer.clientId : viewer.kind;
}
