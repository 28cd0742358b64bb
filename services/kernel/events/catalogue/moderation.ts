import { z } from 'zod';
import { reportReasons } from '../../moderation/moderation-case.js';
import { event, id } from './fact.js';

/** What happens to the moderation cases of whatever service; the subject is the case. Nobody streams these. */
export const caseReported = event('Somebody reported something, and moderators have to decide.', {
  content: id,
  reason: z.enum(reportReasons),
});
export const caseDismissed = event('Moderators let stand what was reported.', { content: id });
export const caseAppealed = event('The author of something hidden asks for another look.', { content: id });
export const caseAppealDecided = event('An appeal was decided; upheld says that the content stays hidden.', {
  content: id,
  upheld: z.boolean(),
});
