import type { EventType } from '#kernel/events/catalogue.js';

/** Where clients hear of an event: the streams, each with the kind that it is there. */
interface Streamed {
  readonly streams: readonly string[];
}

/** Why none does. */
interface Unstreamed {
  readonly because: string;
}

const moderation = { because: 'a case is for moderators; what is decided is streamed as hidden or restored' };
const access = { because: 'who may sign in, and how, is asked for by administrators and kept in the audit log' };
const letIn = { because: 'it lets nobody in or out by itself; what comes of it is streamed as a member' };
const kept = { because: 'a list that few may read, and read when they look' };
const imported = {
  because: 'what comes in as a whole is for the audit log; things that were imported are streamed themselves',
};
const exported = { because: 'what leaves as a whole is for the audit log, and changes nothing' };
const between = { because: 'for the other services; what comes of it is streamed' };

/** Every event of the catalogue. One that is not here fails the tests: whoever adds an event says who keeps a copy true by it. */
export const placedEvents: { readonly [Type in EventType]: Streamed | Unstreamed } = {
  'people.organization.registered': { streams: ['peopleActivity ORGANIZATION_REGISTERED'] },
  'people.organization.revised': { streams: ['peopleActivity ORGANIZATION_REVISED'] },
  'people.team.formed': { streams: ['peopleActivity TEAM_FORMED'] },
  'people.team.revised': { streams: ['peopleActivity TEAM_REVISED'] },
  'people.person.registered': { streams: ['peopleActivity PERSON_REGISTERED'] },
  'people.person.revised': { streams: ['peopleActivity PERSON_REVISED'] },
  'people.person.erased': { because: 'it would tell of somebody who must not be known any more' },
  'people.person.perspectivesDeclared': kept,
  'people.membership.began': { streams: ['peopleActivity MEMBERSHIP_BEGAN'] },
  'people.membership.ended': { streams: ['peopleActivity MEMBERSHIP_ENDED'] },
  'people.space.opened': { streams: ['peopleActivity SPACE_OPENED'] },
  'people.space.revised': { streams: ['peopleActivity SPACE_REVISED'] },
  'people.space.sharingChanged': between,
  'people.space.memberAdded': { streams: ['peopleActivity SPACE_MEMBER_ADDED'] },
  'people.space.memberRemoved': { streams: ['peopleActivity SPACE_MEMBER_REMOVED'] },
  'people.organization.administratorAppointed': kept,
  'people.organization.administratorDismissed': kept,
  'people.sharingAgreement.proposed': kept,
  'people.sharingAgreement.signed': kept,
  'people.sharingAgreement.revoked': kept,
  'people.invitation.sent': letIn,
  'people.invitation.accepted': letIn,
  'people.invitation.declined': letIn,
  'people.invitation.revoked': letIn,
  'people.accessToken.issued': access,
  'people.accessToken.rotated': access,
  'people.accessToken.revoked': access,
  'people.apiClient.created': access,
  'people.apiClient.rotated': access,
  'people.apiClient.revoked': access,
  'people.identity.linked': access,
  'people.identity.unlinked': access,
  'people.person.suspended': access,
  'people.person.reinstated': access,
  'people.case.reported': moderation,
  'people.case.dismissed': moderation,
  'people.interaction.recorded': between,
  'people.consent.changed': { because: 'it is nobody else’s business' },
  'people.tie.formed': { streams: ['tieChanged FORMED'] },
  'people.tie.reciprocated': { streams: ['tieChanged RECIPROCATED'] },
  'people.tie.wentDormant': { streams: ['tieChanged WENT_DORMANT'] },
  'people.tie.lost': { streams: ['tieChanged LOST'] },
  'people.tie.revived': { streams: ['tieChanged REVIVED'] },
  'people.teamTie.firstConnected': { streams: ['crossTeamConnectionMade FIRST_CONNECTION'] },
  'people.teamTie.connected': { streams: ['crossTeamConnectionMade CONNECTED'] },
  'people.teamTie.reciprocated': { streams: ['crossTeamConnectionMade RECIPROCATED'] },
  'people.teamTie.endangered': { streams: ['crossTeamConnectionMade AT_RISK'] },
  'people.teamTie.wentDormant': { streams: ['crossTeamConnectionMade DORMANT'] },
  'people.teamTie.revived': { streams: ['crossTeamConnectionMade REVIVED'] },
  'ideas.challenge.opened': kept,
  'ideas.challenge.revised': kept,
  'ideas.challenge.hidden': kept,
  'ideas.challenge.restored': kept,
  'ideas.idea.submitted': { streams: ['ideaActivity SUBMITTED'] },
  'ideas.idea.revised': { streams: ['ideaActivity REVISED'] },
  'ideas.idea.stageMoved': { streams: ['ideaActivity STAGE_MOVED'] },
  'ideas.contribution.added': { streams: ['ideaActivity CONTRIBUTED', 'contributionAdded'] },
  'ideas.contribution.revised': { streams: ['ideaActivity CONTRIBUTION_REVISED'] },
  'ideas.idea.endorsed': { streams: ['ideaActivity ENDORSED'] },
  'ideas.idea.endorsementWithdrawn': { streams: ['ideaActivity ENDORSEMENT_WITHDRAWN'] },
  'ideas.idea.hidden': { streams: ['ideaActivity HIDDEN'] },
  'ideas.idea.restored': { streams: ['ideaActivity RESTORED'] },
  'ideas.contribution.hidden': { streams: ['ideaActivity CONTRIBUTION_HIDDEN'] },
  'ideas.contribution.restored': { streams: ['ideaActivity CONTRIBUTION_RESTORED'] },
  'ideas.erasure.completed': between,
  'ideas.case.reported': moderation,
  'ideas.case.dismissed': moderation,
  'ideas.case.appealed': moderation,
  'ideas.case.appealDecided': moderation,
  'conversations.conversation.opened': { streams: ['conversationActivity OPENED'] },
  'conversations.conversation.revised': { streams: ['conversationActivity REVISED'] },
  'conversations.conversation.hidden': { streams: ['conversationActivity HIDDEN'] },
  'conversations.conversation.restored': { streams: ['conversationActivity RESTORED'] },
  'conversations.message.posted': { streams: ['conversationActivity MESSAGE_POSTED', 'messagePosted'] },
  'conversations.message.edited': { streams: ['conversationActivity MESSAGE_EDITED'] },
  'conversations.message.removed': { streams: ['conversationActivity MESSAGE_REMOVED'] },
  'conversations.message.reacted': { streams: ['conversationActivity REACTED'] },
  'conversations.message.reactionWithdrawn': { streams: ['conversationActivity REACTION_WITHDRAWN'] },
  'conversations.message.hidden': { streams: ['conversationActivity MESSAGE_HIDDEN'] },
  'conversations.message.restored': { streams: ['conversationActivity MESSAGE_RESTORED'] },
  'conversations.erasure.completed': between,
  'conversations.case.reported': moderation,
  'conversations.case.dismissed': moderation,
  'conversations.case.appealed': moderation,
  'conversations.case.appealDecided': moderation,
  'people.records.imported': imported,
  'ideas.records.imported': imported,
  'conversations.records.imported': imported,
  'people.records.exported': exported,
  'ideas.records.exported': exported,
  'conversations.records.exported': exported,
  'people.personalData.exported': exported,
  'ideas.personalData.exported': exported,
  'conversations.personalData.exported': exported,
};
