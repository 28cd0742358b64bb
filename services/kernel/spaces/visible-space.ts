import { type ClientViewer, isAdministrator, type Viewer } from '../auth/viewer.js';
import type { Condition } from '../connections/condition.js';

/** Where a service finds spaces: its own table, or its copy of the facts that decide. */
export type SpaceTable = 'space' | 'space_access';

/**
 * The condition that the space named by a column exists for this viewer. It is part of every list, count, search and single
 * read, so that a space one may not see is never to be told from one that is not there.
 */
export function visibleSpace(viewer: Viewer, column: string, table: SpaceTable = 'space_access'): Condition {
  return admittedBy(viewer, column, table, 'shared_read');
}

/** The condition that the people of the space are shown to this viewer: an agreement may show a space without its people. */
export function spaceShowingPeople(viewer: Viewer, column: string, table: SpaceTable = 'space'): Condition {
  return admittedBy(viewer, column, table, 'shared_people');
}

/**
 * One row by its primary key decides, except for members: whom agreements let in stands in the row of the space, so that a
 * border which is open costs a page no more than one that is closed.
 */
function admittedBy(viewer: Viewer, column: string, table: SpaceTable, shared: string): Condition {
  if (isAdministrator(viewer)) return { text: 'TRUE', values: [] };
  if (viewer.kind === 'client') return openToClient(viewer, column, table, shared);
  if (viewer.kind !== 'person') return { text: 'FALSE', values: [] };
  return {
    text: `EXISTS (
      SELECT 1 FROM ${table} visible WHERE visible.id = ${column} AND (
        visible.visibility = 'open'
        OR (visible.visibility = 'organization' AND ? = ANY(visible.owners || visible.${shared}))
        OR EXISTS (SELECT 1 FROM space_member sm WHERE sm.space_id = visible.id AND sm.person_id = ? AND sm.role IS NOT NULL)))`,
    values: [viewer.organizationId ?? '', viewer.personId],
  };
}

/**
 * A client is nobody's member: it finds open spaces, those of its organisation, and those that agreements open to it. Limited to
 * some spaces it finds only these, also private ones of its organisation.
 */
function openToClient(
  { organizationId, spaces }: ClientViewer,
  column: string,
  table: SpaceTable,
  shared: string,
): Condition {
  const among = spaces ? `visible.id = ANY(?::text[])` : `visible.visibility <> 'private'`;
  return {
    text: `EXISTS (
      SELECT 1 FROM ${table} visible WHERE visible.id = ${column} AND ${among}
        AND (visible.visibility = 'open' OR ? = ANY(visible.owners)
          OR (visible.visibility = 'organization' AND ? = ANY(visible.${shared}))))`,
    values: [...(spaces ? [spaces] : []), organizationId, organizationId],
  };
}
