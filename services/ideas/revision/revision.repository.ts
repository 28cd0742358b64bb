import type { Selection } from '#kernel/connections/connection.js';
import { selectList } from '#kernel/database/select-list.js';
import { IdeaRevision } from './revision.entity.js';

/** The revisions of an idea somebody was given, newest first. */
export const revisionsOfIdea: Selection = {
  list: {
    name: 'Idea.revisions',
    from: 'idea_revision r',
    columns: selectList(IdeaRevision, 'r'),
    parent: 'r.idea_id',
  },
  order: { name: 'NEWEST', direction: 'DESC', terms: [{ sql: 'r.revision', type: 'integer' }] },
  where: [],
};
