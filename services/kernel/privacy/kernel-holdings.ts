import { among, type Holding, holding } from './holding.js';

/**
 * What the kernel's own tables of every service hold on a person. Not the kept result of an idempotency key, which may contain a
 * token that was shown once.
 */
export const kernelHoldings: readonly Holding[] = [
  holding('idempotencyKey', {
    table: 'idempotency',
    of: ['viewer'],
    id: `t.operation || ' ' || t.key`,
    shows: ['operation', 'key', 'created_at'],
  }),
  holding('requestOrigin', {
    table: 'event_origin',
    of: ['actor'],
    id: 't.event_id',
    shows: ['event_id', 'request_id', 'address', 'at'],
  }),
];

/** Of a service that lets something be moderated. */
export const moderationHoldings: readonly Holding[] = [
  // An author learns of a decision, never that somebody merely reported something.
  holding('caseAboutOwnWork', {
    table: 'moderation_case',
    of: ['author_ids'],
    where: `${among('author_ids')} AND (t.hidden_at IS NOT NULL OR t.appeal IS NOT NULL)`,
    shows: ['id', 'content_id', 'space_id', 'state', 'reason', 'hidden_at', 'appeal', 'decision', 'moved_at'],
  }),
  holding('caseModerated', {
    table: 'moderation_case',
    of: ['hidden_by', 'decided_by'],
    shows: [
      ...['id', 'content_id', 'space_id', 'state', 'hidden_at', 'moved_at'],
      ['reason', 'CASE WHEN t.hidden_by = viewer.id THEN t.reason END'],
      ['decision', 'CASE WHEN t.decided_by = viewer.id THEN t.decision END'],
    ],
  }),
  holding('report', {
    table: 'moderation_report',
    of: ['reporter_id'],
    join: 'JOIN moderation_case k ON k.id = t.case_id',
    id: 't.case_id',
    shows: [['contentId', 'k.content_id'], 'reason', 'note', 'created_at'],
  }),
];
