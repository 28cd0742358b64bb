import { findsDirectory, type Viewer } from '../auth/viewer.js';
import { type Condition, condition } from '../connections/condition.js';
import { spaceShowingPeople } from './visible-space.js';

/**
 * The condition that the author of something in a space is known by it to this viewer, for lists of what somebody did: an outsider
 * to whom a space is shown without its people would else find out there which words are of one person. `isAuthor` is a piece of SQL
 * with one place for the id of who asks, who knows themselves. Those inside know everybody, and it costs them nothing.
 */
export function knownAuthor(viewer: Viewer, space: string, isAuthor: string): Condition {
  if (findsDirectory(viewer)) return condition('TRUE');
  const shown = spaceShowingPeople(viewer, space, 'space_access');
  if (viewer.kind !== 'person') return shown;
  return { text: `(${shown.text} OR ${isAuthor})`, values: [...shown.values, viewer.personId] };
}
