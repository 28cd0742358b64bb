import { type ClientViewer, isAdministrator, type Viewer } from '../auth/viewer.js';
import type { Condition } from '../connections/condition.js';

/** Where a service finds spaces: its own table, or its copy of the facts that decide. */
export type SpaceTable = 'space' | 'space_access';

/**
 * The condition that the space named by a column exists for this viewer. It is part of every list, count, search and single
 * read, so that a space one may not see is never to be told from one that is not there.
 */
export function visibleSpace(viewer: Viewer, column: string, table: SpaceTable = 'space_access'): Condition {
  if (isAdministrator(viewer)) return { text: 'TRUE', values: [] };
  if (viewer.kind === 'client') return openToClient(viewer, column, table);
  if (viewer.kind !== 'person') return { text: 'FALSE', values: [] };
  return {
    text: `EXISTS (
      SELECT 1 FROM ${table} visible WHERE visible.id = ${column} AND (
        visible.visibility = 'open'
        OR (visible.visibility = 'organization' AND ? = ANY(visible.owners))
        OR EXISTS (SELECT 1 FROM space_member sm WHERE sm.space_id = visible.id AND sm.person_id = ? AND sm.role IS NOT NULL)))`,
    values: [viewer.organizationId ?? '', viewer.personId],
  };
}

/**
 * A client is nobody's member: it finds open spaces and those of its organisation. Limited to some spaces it finds only these, also
 * private ones, as long as they are open or belong to its organisation.
 */
function openToClient({ organizationId, spaces }: ClientViewer, column: string, table: SpaceTable): Condition {
  const among = spaces ? `visible.id = ANY(?::text[])` : `visible.visibility <> 'private'`;
  return {
    text: `EXISTS (
      SELECT 1 FROM ${table} visible WHERE visible.id = ${column} AND ${among}
        AND (visible.visibility = 'open' OR ? = ANY(visible.owners)))`,
    values: [...(spaces ? [spaces] : []), organizationId],
  };
}
