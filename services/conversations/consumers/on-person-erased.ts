import { kernelTraces, moderationTraces } from '#kernel/privacy/kernel-traces.js';
import { onPersonErased } from '#kernel/privacy/on-person-erased.js';
import { type Trace, unname, unnameAmong } from '#kernel/privacy/trace.js';

/** Everything conversations keeps of a person, beside what others wrote of them. */
export const tracesInConversations: readonly Trace[] = [
  unname('conversation', 'opener_id'),
  unname('message', 'author_id'),
  unnameAmong('message', 'mention_ids'),
  unname('reaction', 'person_id'),
  ...moderationTraces,
  ...kernelTraces,
];

/** Takes a person out of conversations: what they said stays, without them. */
export const onPersonErasedInConversations = onPersonErased({
  service: 'conversations',
  traces: tracesInConversations,
  texts: [
    { table: 'conversation', id: ['id'], column: 'title' },
    { table: 'message', id: ['id'], column: 'body' },
  ],
});
