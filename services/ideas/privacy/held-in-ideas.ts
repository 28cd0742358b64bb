import { among, type Holding, holding } from '#kernel/privacy/holding.js';
import { kernelHoldings, moderationHoldings } from '#kernel/privacy/kernel-holdings.js';

/** Everything ideas holds on a person: their own words, and what they did with those of others. */
export const heldInIdeas: readonly Holding[] = [
  holding('idea', {
    table: 'idea',
    of: ['author_ids'],
    where: among('author_ids'),
    shows: [
      ...['id', 'space_id', 'challenge_id', 'title', 'body', 'stage', 'tags', 'author_ids', 'team_id'],
      ...['participating_team_ids', 'revision', 'created_at', 'updated_at', 'hidden_at'],
    ],
  }),
  holding('ideaRevision', {
    table: 'idea_revision',
    of: ['editor_id'],
    id: `t.idea_id || ' ' || t.revision`,
    shows: ['idea_id', 'revision', 'title', 'body', 'tags', 'created_at'],
  }),
  holding('challenge', {
    table: 'challenge',
    of: ['author_id'],
    shows: ['id', 'space_id', 'title', 'body', 'closes_at', 'created_at', 'hidden_at'],
  }),
  holding('contribution', {
    table: 'contribution',
    of: ['author_id'],
    shows: ['id', 'idea_id', 'type', 'body', 'reply_to_id', 'created_at', 'updated_at', 'hidden_at'],
  }),
  holding('endorsement', {
    table: 'endorsement',
    of: ['person_id'],
    shows: ['id', 'idea_id', 'active', 'changed_at'],
  }),
  ...moderationHoldings,
  ...kernelHoldings,
];
