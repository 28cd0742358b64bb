import type { EventType } from '#kernel/events/catalogue.js';

/** Who did what to whom or what, when, and from where. */
export interface AuditEntry {
  /** Of the event it tells of. */
  readonly id: string;
  readonly service: string;
  readonly action: EventType;
  readonly at: Date;
  readonly actorId: string | null;
  readonly subject: string;
  readonly spaceId: string | null;
  readonly details: object;
  readonly requestId: string | null;
  readonly address: string | null;
}
