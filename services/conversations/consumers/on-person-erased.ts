import { kernelTraces, moderationTraces } from '#kernel/privacy/kernel-traces.js';
import { onPersonErased } from '#kernel/privacy/on-person-erased.js';
import { unname, unnameAmong } from '#kernel/privacy/trace.js';

/** Takes a person out of conversations: what they said stays, without them. */
export const onPersonErasedInConversations = onPersonErased({
  service: 'conversations',
  traces: [
    unname('conversation', 'opener_id'),
    unname('message', 'author_id'),
    unnameAmong('message', 'mention_ids'),
    unname('reaction', 'person_id'),
    ...moderationTraces,
    ...kernelTraces,
  ],
  texts: [
    { table: 'conversation', id: ['id'], column: 'title' },
    { table: 'message', id: ['id'], column: 'body' },
  ],
});
