import { isAdministrator, type Viewer } from '../auth/viewer.js';
import { condition, toStatement } from '../connections/condition.js';
import type { RunningConsumer } from '../consumers/run-consumer.js';
import type { Database } from '../database/database.js';
import { notFound } from '../errors/user-error.js';
import { hasRight, lacksRight, type SpaceRight, type SpaceStanding } from './space-rights.js';
import { visibleSpace } from './visible-space.js';

/** What happened to a space a moment ago may not have arrived in this service's copy: worth a short wait, never a long one. */
const patienceMs = 1_000;

export interface SpaceAccess {
  /** Those of the spaces that this viewer may enter. */
  visible(viewer: Viewer, spaceIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** As `visible`, without waiting for spaces that may have been opened a moment ago. */
  known(viewer: Viewer, spaceIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Throws NOT_FOUND unless the space exists for the viewer, and FORBIDDEN unless they may do this there. */
  require(viewer: Viewer, right: SpaceRight, spaceId: string, ...path: string[]): Promise<void>;
}

export function spaceAccess(database: Database, consumer: () => RunningConsumer): SpaceAccess {
  const catchUp = () => consumer().catchUp(patienceMs);
  return {
    known: (viewer, spaceIds) => findVisible(database, viewer, spaceIds),
    async visible(viewer, spaceIds) {
      const wanted = [...new Set(spaceIds)];
      const found = await findVisible(database, viewer, wanted);
      if (found.size === wanted.length) return found;
      await catchUp();
      return findVisible(database, viewer, wanted);
    },
    async require(viewer, right, spaceId, ...path) {
      if (mayIn(await standingIn(database, viewer, spaceId), viewer, right)) return;
      await catchUp();
      const standing = await standingIn(database, viewer, spaceId);
      if (!standing) throw notFound('space', spaceId, ...path);
      if (!mayIn(standing, viewer, right)) throw lacksRight(right);
    },
  };
}

function mayIn(standing: SpaceStanding | undefined, viewer: Viewer, right: SpaceRight): boolean {
  return standing !== undefined && (isAdministrator(viewer) || hasRight(standing, right));
}

async function findVisible(
  database: Database,
  viewer: Viewer,
  spaceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { statement, values } = toStatement(
    (place) => `
      SELECT known.id FROM space_access known WHERE ${place(condition('known.id = ANY(?::text[])', spaceIds))}
      AND ${place(visibleSpace(viewer, 'known.id'))}`,
  );
  const rows = await database.read<{ id: string }>(statement, values);
  return new Set(rows.map((row) => row.id));
}

/** Undefined where the space does not exist for the viewer. */
async function standingIn(database: Database, viewer: Viewer, spaceId: string): Promise<SpaceStanding | undefined> {
  const person = viewer.kind === 'person' ? viewer.personId : '';
  const organization = viewer.kind === 'person' || viewer.kind === 'client' ? (viewer.organizationId ?? '') : '';
  const { statement, values } = toStatement(
    (place) => `
      SELECT known.visibility = 'open' OR ${place(condition('? = ANY(known.owners)', organization))} AS "atHome",
        ${place(condition('? = ANY(known.shared_contribute)', organization))} AS "contributesByAgreement",
        (SELECT m.role FROM space_member m WHERE m.space_id = known.id AND ${place(condition('m.person_id = ?', person))}) AS role
      FROM space_access known
      WHERE ${place(condition('known.id = ?', spaceId))} AND ${place(visibleSpace(viewer, 'known.id'))}`,
  );
  const [standing] = await database.read<SpaceStanding>(statement, values);
  return standing;
}
