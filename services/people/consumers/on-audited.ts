import { auditedTypes } from '#kernel/audit/audited-types.js';
import type { Consumer } from '#kernel/consumers/consumer.js';
import { auditStatement, insertEntries } from '../audit/audit.repository.js';

/** Brings what may have to be accounted for into one log, from whatever service it happened in. */
export function onAudited(service: 'people' | 'ideas' | 'conversations'): Consumer {
  const copy = auditStatement(service);
  return {
    name: `on-${service}-audited`,
    source: service,
    types: auditedTypes.filter((type) => type.startsWith(`${service}.`)),
    handle: (events, tx) => insertEntries(tx, copy, events),
  };
}
