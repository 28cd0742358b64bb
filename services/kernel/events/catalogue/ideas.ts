import { z } from 'zod';
import { partyKinds } from '../../auth/viewer.js';
import { event, id, ids, optionalId } from './fact.js';
import { caseAppealDecided, caseAppealed, caseDismissed, caseReported } from './moderation.js';
import { personalDataExported, recordsExported, recordsImported } from './records.js';

export const contributionTypes = ['build', 'question', 'evidence', 'concern'] as const;

export const ideasEvents = {
  'ideas.challenge.opened': event('A space was asked a question that ideas may answer.', {}),
  'ideas.challenge.revised': event('The words or the closing time of a challenge changed.', {
    changed: z.array(z.string()),
  }),
  'ideas.challenge.hidden': event('A moderator hid a challenge from everybody but who posed it and moderators.', {}),
  'ideas.challenge.restored': event('A challenge that was hidden is shown again.', {}),
  'ideas.idea.submitted': event('A new idea was brought into a space.', {
    authors: ids,
    team: optionalId,
    challenge: optionalId,
    buildsOn: ids,
    stage: z.string(),
  }),
  'ideas.idea.revised': event('An idea was changed; its earlier words are kept as a revision.', {
    revision: z.number().int().nullable(),
    changed: z.array(z.string()),
    authors: ids,
  }),
  'ideas.idea.stageMoved': event('An idea moved from one stage to another.', { from: z.string(), to: z.string() }),
  'ideas.contribution.added': event('Somebody built on an idea, asked, brought evidence or raised a concern.', {
    idea: id,
    type: z.enum(contributionTypes),
    challenge: optionalId,
    replyTo: optionalId,
    repliedTo: optionalId,
    ideaAuthors: ids,
    party: z.enum(partyKinds).nullable(),
  }),
  'ideas.contribution.revised': event('The words or the type of a contribution changed.', {
    idea: id,
    type: z.enum(contributionTypes),
  }),
  'ideas.idea.endorsed': event('A person gave an idea support.', { person: id, ideaAuthors: ids }),
  'ideas.idea.endorsementWithdrawn': event('A person took support of an idea back.', { person: id }),
  'ideas.idea.hidden': event('A moderator hid an idea from everybody but its authors and moderators.', {}),
  'ideas.idea.restored': event('An idea that was hidden is shown again.', {}),
  'ideas.contribution.hidden': event('A moderator hid a contribution from everybody but its author and moderators.', {
    idea: id,
  }),
  'ideas.contribution.restored': event('A contribution that was hidden is shown again.', { idea: id }),
  'ideas.erasure.completed': event('Ideas holds nothing of an erased person any more.', {}),
  'ideas.case.reported': caseReported,
  'ideas.case.dismissed': caseDismissed,
  'ideas.case.appealed': caseAppealed,
  'ideas.case.appealDecided': caseAppealDecided,
  'ideas.records.imported': recordsImported,
  'ideas.records.exported': recordsExported,
  'ideas.personalData.exported': personalDataExported,
} as const;
