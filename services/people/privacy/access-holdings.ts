import { type Holding, holding } from '#kernel/privacy/holding.js';

const life = ['created_at', 'expires_at', 'revoked_at', 'last_used_at'] as const;

/** How a person comes in, and what was noted of it; never what opens the hub, not even as a hash. */
export const accessHoldings: readonly Holding[] = [
  holding('accessToken', { table: 'access_token', of: ['person_id'], shows: ['id', 'name', 'scopes', ...life] }),
  holding('apiClient', {
    table: 'api_client',
    of: ['creator_id'],
    shows: ['id', 'organization_id', 'name', 'scopes', 'spaces', ...life],
  }),
  holding('identity', {
    table: 'identity',
    of: ['person_id'],
    shows: ['id', 'issuer', 'subject', 'email', 'created_at', 'linked_at'],
  }),
  holding('suspension', { table: 'suspension', of: ['person_id'], id: 't.person_id', shows: ['suspended_at'] }),
  holding('suspensionOfOther', {
    table: 'suspension',
    of: ['suspended_by'],
    id: 't.person_id',
    shows: ['person_id', 'suspended_at'],
  }),
  // Where somebody else did it, from where is about them.
  holding('auditEntry', {
    table: 'audit_entry',
    of: ['actor', 'subject'],
    shows: [
      ...['id', 'service', 'action', 'at', 'subject', 'space', 'details'],
      ['own', 't.actor IS NOT DISTINCT FROM viewer.id'],
      ['requestId', 'CASE WHEN t.actor = viewer.id THEN t.request_id END'],
      ['address', 'CASE WHEN t.actor = viewer.id THEN t.address END'],
    ],
  }),
];
