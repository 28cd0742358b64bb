import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import type { Database, DatabaseTransaction } from '#kernel/database/database.js';
import { type Statement, statement } from '#kernel/database/statement.js';
import type { HubEvent } from '#kernel/events/event.js';
import { visibleAudit } from './audit.policy.js';

const columns = `a.id, a.service, a.action, a.at, a.actor AS "actorId", a.subject, a.space AS "spaceId", a.details,
  a.request_id AS "requestId", a.address`;
const entries: List = { name: 'auditLog', from: 'audit_entry a', columns };
const latest: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'a.at', type: 'timestamptz' },
    { sql: 'a.id', type: 'text' },
  ],
};

export interface AuditFilter {
  readonly actor?: string | null;
  readonly subject?: string | null;
  readonly space?: string | null;
  readonly actions?: readonly string[] | null;
  readonly requestId?: string | null;
  readonly since?: Date | null;
  readonly before?: Date | null;
}

export function selectAudit(viewer: Viewer, filter: AuditFilter): Selection {
  return { list: entries, order: latest, where: [visibleAudit(viewer), ...conditionsOf(filter)] };
}

function conditionsOf(filter: AuditFilter): Condition[] {
  return [
    ...(filter.actor ? [condition('a.actor = ?', filter.actor)] : []),
    ...(filter.subject ? [condition('a.subject = ?', filter.subject)] : []),
    ...(filter.space ? [condition('a.space = ?', filter.space)] : []),
    ...(filter.actions ? [condition('a.action = ANY(?::text[])', filter.actions)] : []),
    ...(filter.requestId ? [condition('a.request_id = ?', filter.requestId)] : []),
    ...(filter.since ? [condition('a.at >= ?', filter.since)] : []),
    ...(filter.before ? [condition('a.at < ?', filter.before)] : []),
  ];
}

/** Copies events with what their own log knows of where they come from; an event that is here already stays as it is. */
export function auditStatement(service: string): Statement {
  return statement(`
    INSERT INTO audit_entry (id, service, action, at, actor, subject, space, details, request_id, address)
    SELECT e.id, '${service}', e.action, e.at, e.actor, e.subject, e.space, e.details, o.request_id, o.address
    FROM ROWS FROM (unnest($1::text[]), unnest($2::text[]), unnest($3::timestamptz[]), unnest($4::text[]), unnest($5::text[]),
        unnest($6::text[]), jsonb_array_elements($7::jsonb)) AS e(id, action, at, actor, subject, space, details)
    LEFT JOIN ${service}.event_origin o ON o.event_id = e.id
    ON CONFLICT DO NOTHING`);
}

export async function insertEntries(
  tx: DatabaseTransaction,
  copy: Statement,
  events: readonly HubEvent[],
): Promise<void> {
  await tx.run(copy, [
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ time }) => time),
    events.map(({ actor }) => actor),
    events.map(({ subject }) => subject),
    events.map(({ space }) => space),
    JSON.stringify(events.map(({ data }) => data)),
  ]);
}

/** Long enough for the accounts of a year; an address is about a person, and is needed only while an incident is looked into. */
export const entryDays = 400;
export const addressDays = 30;

const forgetEntries = statement(`DELETE FROM audit_entry WHERE at < $1::timestamptz - interval '${entryDays} days'`);
const forgetAddresses = statement(`
  UPDATE audit_entry SET address = NULL
  WHERE address IS NOT NULL AND at < $1::timestamptz - interval '${addressDays} days'`);

export async function tendAudit(database: Database, now: Date): Promise<void> {
  await database.read(forgetEntries, [now]);
  await database.read(forgetAddresses, [now]);
}
