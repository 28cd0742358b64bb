import DataLoader from 'dataloader';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Perspective } from './perspective.entity.js';
import { perspectivesOf } from './perspective.repository.js';

export type PerspectiveLoader = Pick<DataLoader<string, readonly Perspective[]>, 'load' | 'clear'>;

/** The perspectives of a person, those of all people asked about in one statement. */
export function perspectiveLoader(ctx: RequestContext): PerspectiveLoader {
  return new DataLoader<string, readonly Perspective[]>(async (personIds) => {
    const found = await perspectivesOf(ctx.db, ctx.viewer, personIds);
    return personIds.map((id) => found.get(id) ?? []);
  });
}
