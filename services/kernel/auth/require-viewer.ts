import { notAllowed, notSignedIn } from '../errors/request-error.js';
import { type ClientViewer, isAdministrator, type PersonViewer, type Viewer, viewerName } from './viewer.js';

/** The person who asks; refuses everybody else. */
export function signedInPerson(viewer: Viewer): PersonViewer {
  if (viewer.kind === 'person') return viewer;
  if (viewer.kind === 'client') throw notAllowed('do this with an API client', 'a person, or an access token of one,');
  throw notSignedIn();
}

/** Who answers for what is written: a person, or an API client for its organisation. */
export interface Author {
  readonly id: string;
  readonly viewer: PersonViewer | ClientViewer;
}

export function signedInAuthor(viewer: Viewer): Author {
  if (viewer.kind === 'person' || viewer.kind === 'client') return { id: viewerName(viewer), viewer };
  throw notSignedIn();
}

export function requireAdministrator(viewer: Viewer, what: string): void {
  if (isAdministrator(viewer)) return;
  if (viewer.kind === 'anonymous') throw notSignedIn();
  throw notAllowed(what, 'an administrator');
}
