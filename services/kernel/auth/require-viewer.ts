import { notAllowed, notSignedIn } from '../errors/request-error.js';
import { isAdministrator, type PersonViewer, type Viewer } from './viewer.js';

/** The person who asks; refuses everybody else. */
export function signedInPerson(viewer: Viewer): PersonViewer {
  if (viewer.kind === 'person') return viewer;
  if (viewer.kind === 'client') throw notAllowed('do this with an API client', 'a person, or an access token of one,');
  throw notSignedIn();
}

export function requireAdministrator(viewer: Viewer, what: string): void {
  if (isAdministrator(viewer)) return;
  if (viewer.kind === 'anonymous') throw notSignedIn();
  throw notAllowed(what, 'an administrator');
}
