import { z } from 'zod';
import { partyKinds } from '../../auth/viewer.js';
import { reportReasons } from '../../moderation/moderation-case.js';
import { sharingRights, spaceRoles, spaceVisibilities } from '../../spaces/space-visibility.js';
import { event, id, ids, optionalId } from './fact.js';
import { personalDataExported, recordsExported, recordsImported } from './records.js';

/** Between two people; `epoch` counts how often their tie has come back to life. */
const tie = { people: ids, epoch: z.number().int() };

/**
 * Between two teams, or the organisations of people from outside; the organisation and the party of each. `people` are the two
 * of whose tie it came, idea and conversation that in which they met; empty and null where nobody did anything.
 */
const teamTie = {
  teams: ids,
  organizations: z.array(optionalId),
  parties: z.array(z.enum(partyKinds)),
  people: ids,
  idea: optionalId,
  conversation: optionalId,
  epoch: z.number().int(),
};

export const peopleEvents = {
  'people.organization.registered': event('An organisation became known to the hub.', { relation: z.string() }),
  'people.organization.revised': event('Facts of an organisation changed.', { changed: z.array(z.string()) }),
  'people.team.formed': event('A team was formed.', { organization: optionalId, parent: optionalId }),
  'people.team.revised': event('Facts of a team changed; organization is that from now on.', {
    changed: z.array(z.string()),
    organization: optionalId,
  }),
  'people.person.registered': event('A person became known to the hub.', {
    organization: optionalId,
    party: z.string(),
  }),
  'people.person.revised': event('Facts of a person changed; organization is that from now on.', {
    changed: z.array(z.string()),
    organization: optionalId,
  }),
  'people.person.erased': event(
    'A person was taken out of the hub for good. Whoever follows takes them out too and says so; handleMark recognises their handle in texts.',
    { erasure: id, handleMark: z.string().nullable() },
  ),
  'people.person.perspectivesDeclared': event('A person declared or withdrew facets of where they look from.', {}),
  'people.membership.began': event('A person joined a team; organization is that of the team.', {
    person: id,
    team: id,
    organization: optionalId,
  }),
  'people.membership.ended': event('A person left a team; organization is that of the team.', {
    person: id,
    team: id,
    organization: optionalId,
  }),
  'people.space.opened': event('A space was opened.', { visibility: z.enum(spaceVisibilities), owners: ids }),
  'people.space.revised': event('Facts of a space changed; visibility and owners are those that hold from now on.', {
    changed: z.array(z.string()),
    visibility: z.enum(spaceVisibilities),
    owners: ids,
  }),
  'people.space.sharingChanged': event(
    'Agreements let other organisations into a space, or no longer: those who may read, and those of them who may contribute and who see its people, from now on.',
    { readers: ids, contributors: ids, people: ids },
  ),
  'people.space.memberAdded': event('A person became a member of a space, or got another role in it.', {
    person: id,
    role: z.enum(spaceRoles),
  }),
  'people.space.memberRemoved': event('A person is no longer a member of a space.', { person: id }),
  'people.organization.administratorAppointed': event('A person speaks for an organisation from now on.', {
    person: id,
  }),
  'people.organization.administratorDismissed': event('A person no longer speaks for an organisation.', { person: id }),
  'people.sharingAgreement.proposed': event('An organisation proposed to others to share spaces, and signed.', {
    organization: id,
    organizations: ids,
    spaces: ids,
    rights: z.array(z.enum(sharingRights)),
  }),
  'people.sharingAgreement.signed': event('An organisation signed an agreement; inForce: it was the last to sign.', {
    organization: id,
    organizations: ids,
    inForce: z.boolean(),
  }),
  'people.sharingAgreement.revoked': event('An organisation ended an agreement, for all who had signed it.', {
    organization: id,
    organizations: ids,
  }),
  'people.invitation.sent': event('Somebody was asked into a space; person is null for an outsider.', {
    person: optionalId,
    role: z.enum(spaceRoles),
  }),
  'people.invitation.accepted': event('An invitation was accepted.', { person: id }),
  'people.invitation.declined': event('An invitation was declined.', {}),
  'people.invitation.revoked': event('An invitation was taken back.', {}),
  'people.accessToken.issued': event('An access token was made for a person.', { person: id }),
  'people.accessToken.rotated': event('An access token got another text.', { person: id }),
  'people.accessToken.revoked': event('An access token is worth nothing any more.', { person: id }),
  'people.apiClient.created': event('An API client of an organisation was made.', { organization: id }),
  'people.apiClient.rotated': event('An API client got another token.', { organization: id }),
  'people.apiClient.revoked': event('An API client is worth nothing any more.', { organization: id }),
  'people.identity.linked': event('A sign-in with a provider was linked to a person.', { person: id }),
  'people.identity.unlinked': event("A sign-in with a provider is nobody's any more.", { person: id }),
  'people.person.suspended': event('A person was shut out of the hub.', {}),
  'people.person.reinstated': event('A person who was shut out was let in again.', {}),
  'people.case.reported': event(
    'Somebody reported a person, and administrators have to decide; the subject is the case.',
    {
      person: id,
      reason: z.enum(reportReasons),
    },
  ),
  'people.case.dismissed': event('Administrators let a person be who was reported; the subject is the case.', {
    person: id,
  }),
  'people.interaction.recorded': event('Two people dealt with each other outside the hub.', {
    from: id,
    to: id,
    type: z.string(),
    weight: z.number(),
  }),
  'people.consent.changed': event('A person said whether ties of theirs may be kept.', { ties: z.boolean() }),
  'people.tie.formed': event('Two people met often enough, or closely enough, to have a tie.', tie),
  'people.tie.reciprocated': event('A tie became mutual.', tie),
  'people.tie.wentDormant': event('For 90 days nothing happened between two people who have a tie.', tie),
  'people.tie.lost': event('For 180 days nothing happened between two people who have a tie.', tie),
  'people.tie.revived': event('Two people whose tie was dormant or lost dealt with each other again.', tie),
  'people.teamTie.firstConnected': event('The first tie ever between people of two teams.', teamTie),
  'people.teamTie.connected': event('A second pair of people connects two teams.', teamTie),
  'people.teamTie.reciprocated': event('Between two teams a tie became mutual.', teamTie),
  'people.teamTie.endangered': event('The last active pair of two teams has been silent for 45 days.', teamTie),
  'people.teamTie.wentDormant': event('For 90 days nothing happened between two teams that were connected.', teamTie),
  'people.teamTie.revived': event('Two teams whose connection was dormant have one again.', teamTie),
  'people.records.imported': recordsImported,
  'people.records.exported': recordsExported,
  'people.personalData.exported': personalDataExported,
} as const;
