import type { PartyKind } from '#kernel/auth/viewer.js';
import type { HubEvent } from '#kernel/events/event.js';
import type { StreamField } from '#kernel/streams/stream-field.js';
import type { IdeasContext } from '../ideas-context.js';
import type { ContributionType } from './contribution.entity.js';

export interface ContributionAddedFilter {
  readonly after?: string | null;
  readonly space?: string | null;
  readonly idea?: string | null;
  readonly challenge?: string | null;
  readonly party?: PartyKind | null;
  readonly types?: readonly ContributionType[] | null;
}

export type ContributionAdded = HubEvent<'ideas.contribution.added'>;

/** New contributions, as they come. */
export const contributionAdded: StreamField<ContributionAddedFilter, IdeasContext> = {
  types: ['ideas.contribution.added'],
  matches({ space, data }, filter) {
    const { idea, challenge, type, party } = data as ContributionAdded['data'];
    return (
      (!filter.space || filter.space === space) &&
      (!filter.idea || filter.idea === idea) &&
      (!filter.challenge || filter.challenge === challenge) &&
      (!filter.party || filter.party === party) &&
      (!filter.types || filter.types.includes(type))
    );
  },
  async visible({ subject }, ctx, { challenge }) {
    // Which ideas answer a challenge is as little to be found out as the challenge itself.
    if (challenge && (await ctx.challenges.load(challenge)) === null) return false;
    return (await ctx.contributions.load(subject)) !== null;
  },
};
