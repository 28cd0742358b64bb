import type { Consumer } from '#kernel/consumers/consumer.js';
import { insertReceipt } from '../erasure/erasure.repository.js';

/** Keeps the receipts that other services give for erasures. */
export function onErasureCompleted(service: 'ideas' | 'conversations'): Consumer {
  return {
    name: `on-${service}-erasure-completed`,
    source: service,
    types: [`${service}.erasure.completed`],
    async handle(events, tx) {
      for (const { subject, time } of events) {
        await insertReceipt(tx, { erasureId: subject, service, completedAt: time });
      }
    },
  };
}
