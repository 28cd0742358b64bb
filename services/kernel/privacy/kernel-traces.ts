import { clearWords, forget, type Trace, unname, unnameAmong } from './trace.js';

/** What the kernel's own tables of every service hold of a person. */
export const kernelTraces: readonly Trace[] = [
  forget('idempotency', 'viewer'),
  forget('event_origin', 'actor'),
  // Events carry ids only, but what a consumer stumbled over may stand in the words of its error.
  clearWords(
    'dead_letter',
    'event',
    `error = 'Taken away with a person it may have named.'`,
    'strpos(event::text, $1) > 0',
  ),
];

/** Of a service that lets something be moderated. */
export const moderationTraces: readonly Trace[] = [
  clearWords('moderation_case', 'author_ids', 'appeal = NULL', 'author_ids @> ARRAY[$1]'),
  unnameAmong('moderation_case', 'author_ids'),
  unname('moderation_case', 'hidden_by'),
  unname('moderation_case', 'decided_by'),
  clearWords('moderation_report', 'reporter_id', `note = ''`),
  unname('moderation_report', 'reporter_id'),
];
