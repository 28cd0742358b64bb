import type { ServiceDefinition } from '#kernel/runtime/service.js';
import { onSpaceChanged } from '#kernel/spaces/on-space-changed.js';
import { Challenge } from './challenge/challenge.entity.js';
import { onPersonErasedInIdeas } from './consumers/on-person-erased.js';
import { Contribution } from './contribution/contribution.entity.js';
import { Endorsement } from './endorsement/endorsement.entity.js';
import { Idea } from './idea/idea.entity.js';
import { type IdeasContext, ideasContext } from './ideas-context.js';
import { ideasTables, kernelOfIdeas } from './migrations/2026-11-21-first.js';
import { moderationOfIdeas } from './migrations/2026-11-21-moderation.js';
import { originsOfIdeas } from './migrations/2026-11-21-origins.js';
import { sharingOfIdeas } from './migrations/2026-11-21-sharing.js';
import { hiddenChallenges } from './migrations/2026-11-22-hidden-challenges.js';
import { sharedPeopleOfIdeas } from './migrations/2026-11-22-shared-people.js';
import { IdeaRevision } from './revision/revision.entity.js';
import { buildIdeasSubgraph } from './subgraph.js';

/** Ideas, what is contributed to them, who endorses them, and the challenges they answer. */
export const ideas: ServiceDefinition<IdeasContext> = {
  name: 'ideas',
  entities: [Challenge, Contribution, Endorsement, Idea, IdeaRevision],
  migrations: (rolePrefix) => [
    kernelOfIdeas(rolePrefix),
    ideasTables,
    sharingOfIdeas,
    moderationOfIdeas,
    originsOfIdeas(rolePrefix),
    sharedPeopleOfIdeas,
    hiddenChallenges,
  ],
  buildSchema: buildIdeasSubgraph,
  consumers: [onSpaceChanged, onPersonErasedInIdeas],
  context: ideasContext,
};
