import { isAdministrator, type Viewer, viewerName } from '../auth/viewer.js';
import { allOf, type Condition, condition } from '../connections/condition.js';
import { notAllowed } from '../errors/request-error.js';
import { visibleSpace } from '../spaces/visible-space.js';
import type { ModerationCase } from './moderation-case.js';

/** Who tends a space moderates it. */
const moderatingRoles = "('owner', 'facilitator')";

/** What no list, count or search contains, whoever asks: so a total is one number, and its author is told elsewhere. */
export function notHidden(alias: string): Condition {
  return condition(`${alias}.hidden_at IS NULL`);
}

/**
 * Asked by its id, hidden content exists for its author, a person or a program, and for those who moderate its space. `isAuthor`
 * is a piece of SQL with one place for the id of who asks.
 */
export function hiddenOnlyFromOthers(viewer: Viewer, alias: string, space: string, isAuthor: string): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  if (!mayWrite(viewer)) return notHidden(alias);
  const moderates = moderatesSpace(viewer, space);
  return {
    text: `(${alias}.hidden_at IS NULL OR ${isAuthor} OR ${moderates.text})`,
    values: [viewerName(viewer), ...moderates.values],
  };
}

export function moderatesSpace(viewer: Viewer, space: string): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  if (viewer.kind !== 'person') return condition('FALSE');
  const text = `EXISTS (SELECT 1 FROM space_member tending
    WHERE tending.space_id = ${space} AND tending.person_id = ? AND tending.role IN ${moderatingRoles})`;
  return condition(text, viewer.personId);
}

/** Cases this viewer decides: those of the spaces they moderate, except about what they wrote themselves. */
export function queuedFor(viewer: Viewer, alias = 'k'): Condition {
  if (isAdministrator(viewer)) return condition('TRUE');
  if (viewer.kind !== 'person') return condition('FALSE');
  const space = `${alias}.space_id`;
  return allOf([
    visibleSpace(viewer, space),
    moderatesSpace(viewer, space),
    condition(`? <> ALL(${alias}.author_ids)`, viewer.personId),
  ]);
}

/** Cases about what this viewer wrote. Their author learns of a decision, never that somebody merely reported it. */
export function aboutOwnWork(viewer: Viewer, alias = 'k'): Condition {
  if (!mayWrite(viewer)) return condition('FALSE');
  return allOf([
    visibleSpace(viewer, `${alias}.space_id`),
    condition(`${alias}.author_ids @> ARRAY[?::text] AND ${alias}.hidden_at IS NOT NULL`, viewerName(viewer)),
  ]);
}

/** Whether this viewer can have written anything. */
function mayWrite({ kind }: Viewer): boolean {
  return kind === 'person' || kind === 'client';
}

export function visibleCase(viewer: Viewer, alias = 'k'): Condition {
  const queued = queuedFor(viewer, alias);
  const own = aboutOwnWork(viewer, alias);
  return { text: `((${queued.text}) OR (${own.text}))`, values: [...queued.values, ...own.values] };
}

/** Nobody but an administrator moderates what they wrote themselves. */
export function decidesOn(viewer: Viewer, authorIds: readonly string[], moderates: boolean): boolean {
  if (isAdministrator(viewer)) return true;
  return viewer.kind === 'person' && moderates && !authorIds.includes(viewer.personId);
}

/** Who hid something may give in to an appeal, but not reject it: asking the same person twice is no second look. */
export function checkMayUphold(viewer: Viewer, { hiddenById }: ModerationCase): void {
  if (isAdministrator(viewer) || viewer.kind !== 'person' || viewer.personId !== hiddenById) return;
  throw notAllowed(
    'reject an appeal against what you hid yourself',
    'another moderator of the space or an administrator',
  );
}
