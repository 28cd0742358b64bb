import type { EventType } from '../events/catalogue.js';

/**
 * What an administrator may have to account for: who was let in, who may do what, what was shared, hidden and erased. What people
 * merely say and bring in is not among it: the audit log is no record of behaviour.
 */
export const auditedTypes: readonly EventType[] = [
  'people.person.registered',
  'people.person.revised',
  'people.person.erased',
  'people.organization.registered',
  'people.organization.revised',
  'people.organization.administratorAppointed',
  'people.organization.administratorDismissed',
  'people.membership.began',
  'people.membership.ended',
  'people.space.opened',
  'people.space.revised',
  'people.space.sharingChanged',
  'people.space.memberAdded',
  'people.space.memberRemoved',
  'people.sharingAgreement.proposed',
  'people.sharingAgreement.signed',
  'people.sharingAgreement.revoked',
  'people.invitation.sent',
  'people.invitation.accepted',
  'people.invitation.declined',
  'people.invitation.revoked',
  'people.accessToken.issued',
  'people.accessToken.revoked',
  'people.accessToken.rotated',
  'people.apiClient.created',
  'people.apiClient.rotated',
  'people.apiClient.revoked',
  'people.identity.linked',
  'people.identity.unlinked',
  'people.person.suspended',
  'people.person.reinstated',
  'ideas.idea.hidden',
  'ideas.idea.restored',
  'ideas.contribution.hidden',
  'ideas.contribution.restored',
  'ideas.case.dismissed',
  'ideas.case.appealDecided',
  'ideas.erasure.completed',
  'conversations.message.hidden',
  'conversations.message.restored',
  'conversations.message.removed',
  'conversations.case.dismissed',
  'conversations.case.appealDecided',
  'conversations.erasure.completed',
];

const audited: ReadonlySet<string> = new Set(auditedTypes);

export function isAudited(type: string): boolean {
  return audited.has(type);
}
