import { z } from 'zod';
import { spaceRoles, spaceVisibilities } from '../../spaces/space-visibility.js';
import { event, id, ids, optionalId } from './fact.js';

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
  'people.space.memberAdded': event('A person became a member of a space, or got another role in it.', {
    person: id,
    role: z.enum(spaceRoles),
  }),
  'people.space.memberRemoved': event('A person is no longer a member of a space.', { person: id }),
  'people.accessToken.issued': event('An access token was made for a person.', { person: id }),
  'people.accessToken.rotated': event('An access token got another text.', { person: id }),
  'people.accessToken.revoked': event('An access token is worth nothing any more.', { person: id }),
  'people.apiClient.created': event('An API client of an organisation was made.', { organization: id }),
  'people.apiClient.rotated': event('An API client got another token.', { organization: id }),
  'people.apiClient.revoked': event('An API client is worth nothing any more.', { organization: id }),
  'people.interaction.recorded': event('Two people dealt with each other outside the hub.', {
    from: id,
    to: id,
    type: z.string(),
    weight: z.number(),
  }),
} as const;
