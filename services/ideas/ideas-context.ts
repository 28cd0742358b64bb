import type DataLoader from 'dataloader';
import { type ConnectionLoader, connectionLoader } from '#kernel/connections/connection.js';
import type { RowLoader } from '#kernel/connections/row-loader.js';
import { type ModerationContext, moderationLoaders } from '#kernel/moderation/moderation.loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { ServiceInside } from '#kernel/runtime/service.js';
import { type SpaceAccess, spaceAccess } from '#kernel/spaces/require-space.js';
import type { Challenge } from './challenge/challenge.entity.js';
import { challengeLoader } from './challenge/challenge.loader.js';
import type { Contribution } from './contribution/contribution.entity.js';
import { contributionLoader } from './contribution/contribution.loader.js';
import { endorsedLoader } from './endorsement/endorsement.loader.js';
import type { Idea } from './idea/idea.entity.js';
import { ideaLoader } from './idea/idea.loader.js';

/** What every resolver and domain function of this service is given. */
export interface IdeasContext extends ModerationContext {
  readonly spaces: SpaceAccess;
  readonly lists: ConnectionLoader;
  readonly ideas: RowLoader<Idea>;
  readonly challenges: RowLoader<Challenge>;
  readonly contributions: RowLoader<Contribution>;
  /** For each idea, whether the viewer endorses it. */
  readonly endorsed: DataLoader<string, boolean>;
}

export function ideasContext(base: RequestContext, service: ServiceInside): IdeasContext {
  return {
    ...base,
    spaces: spaceAccess(base.db, () => service.consumer('on-space-changed')),
    lists: connectionLoader(base),
    ideas: ideaLoader(base),
    challenges: challengeLoader(base),
    contributions: contributionLoader(base),
    endorsed: endorsedLoader(base),
    moderation: moderationLoaders(base),
  };
}
