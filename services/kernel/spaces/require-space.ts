import type { Viewer } from '../auth/viewer.js';
import { toStatement } from '../connections/condition.js';
import type { RunningConsumer } from '../consumers/run-consumer.js';
import type { Database } from '../database/database.js';
import { notFound } from '../errors/user-error.js';
import { visibleSpace } from './visible-space.js';

/** A space opened a moment ago may not have arrived in this service's copy: worth a short wait, never a long one. */
const patienceMs = 1_000;

export interface SpaceAccess {
  /** Those of the spaces that this viewer may enter. */
  visible(viewer: Viewer, spaceIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** As `visible`, without waiting for spaces that may have been opened a moment ago. */
  known(viewer: Viewer, spaceIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Throws NOT_FOUND unless the viewer may enter the space. */
  require(viewer: Viewer, spaceId: string, ...path: string[]): Promise<void>;
}

export function spaceAccess(database: Database, consumer: () => RunningConsumer): SpaceAccess {
  const look = async (viewer: Viewer, spaceIds: readonly string[]) => {
    const { statement, values } = toStatement(
      (condition) => `
      SELECT known.id FROM space_access known WHERE ${condition({ text: 'known.id = ANY(?::text[])', values: [spaceIds] })}
      AND ${condition(visibleSpace(viewer, 'known.id'))}`,
    );
    const rows = await database.read<{ id: string }>(statement, values);
    return new Set(rows.map((row) => row.id));
  };
  const visible = async (viewer: Viewer, spaceIds: readonly string[]) => {
    const wanted = [...new Set(spaceIds)];
    const found = await look(viewer, wanted);
    if (found.size === wanted.length) return found;
    await consumer().catchUp(patienceMs);
    return look(viewer, wanted);
  };
  return {
    visible,
    known: look,
    async require(viewer, spaceId, ...path) {
      const found = await visible(viewer, [spaceId]);
      if (!found.has(spaceId)) throw notFound('space', spaceId, ...path);
    },
  };
}
