import { kernelTraces } from '#kernel/privacy/kernel-traces.js';
import { clearWords, forget, forgetWhere, type Trace, unname } from '#kernel/privacy/trace.js';

const ofTheirPairs = 'pair IN (SELECT pair FROM tie WHERE a = $1)';

/**
 * Everything people keeps of a person, in an order in which it can go. A test looks for columns that name a person and are
 * missing here.
 */
export const personalTraces: readonly Trace[] = [
  forgetWhere('tie_day', 'pair', ofTheirPairs),
  forgetWhere('tie_fact', 'pair', ofTheirPairs),
  forgetWhere('counted_interaction', 'pair', ofTheirPairs),
  forgetWhere('tie', 'a', `(a = $1 OR b = $1) AND ${ofTheirPairs}`),
  forget('idea_contribution', 'person'),
  forget('consent', 'person_id'),
  forget('interaction', 'from_id'),
  forget('interaction', 'to_id'),
  forget('perspective', 'person_id'),
  forget('membership', 'person_id'),
  forget('space_member', 'person_id'),
  forget('appearance', 'person_id'),
  forget('invitation', 'inviter_id'),
  forget('invitation', 'person_id'),
  forget('organization_administrator', 'person_id'),
  unname('sharing_signature', 'person_id'),
  forget('access_token', 'person_id'),
  forget('identity', 'person_id'),
  forget('suspension', 'person_id'),
  unname('suspension', 'suspended_by'),
  forget('person_case', 'person_id'),
  unname('person_case', 'decided_by'),
  clearWords('person_report', 'reporter_id', `note = ''`),
  unname('person_report', 'reporter_id'),
  unname('api_client', 'creator_id'),
  forget('record_reference', 'id'),
  clearWords('audit_entry', 'actor', 'address = NULL'),
  ...kernelTraces,
  forget('person', 'id'),
];
