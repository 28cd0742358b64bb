import { kernelTraces, moderationTraces } from '#kernel/privacy/kernel-traces.js';
import { onPersonErased } from '#kernel/privacy/on-person-erased.js';
import { type Trace, unname, unnameAmong } from '#kernel/privacy/trace.js';

/** Everything ideas keeps of a person, beside what others wrote of them. */
export const tracesInIdeas: readonly Trace[] = [
  unnameAmong('idea', 'author_ids'),
  unname('idea_revision', 'editor_id'),
  unname('challenge', 'author_id'),
  unname('contribution', 'author_id'),
  unname('endorsement', 'person_id'),
  ...moderationTraces,
  ...kernelTraces,
];

/** Takes a person out of ideas: what they wrote stays, without them. */
export const onPersonErasedInIdeas = onPersonErased({
  service: 'ideas',
  traces: tracesInIdeas,
  texts: [
    { table: 'idea', id: ['id'], column: 'title' },
    { table: 'idea', id: ['id'], column: 'body' },
    { table: 'idea_revision', id: ['idea_id', 'revision'], column: 'title' },
    { table: 'idea_revision', id: ['idea_id', 'revision'], column: 'body' },
    { table: 'challenge', id: ['id'], column: 'title' },
    { table: 'challenge', id: ['id'], column: 'body' },
    { table: 'contribution', id: ['id'], column: 'body' },
  ],
});
