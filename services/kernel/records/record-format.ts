import { z } from 'zod';
import { isJsonObject } from './json-object.js';
import {
  at,
  body,
  INTERACTION_WEIGHT,
  LIST_LENGTH,
  label,
  perspectives,
  ref,
  setOf,
  TAG_COUNT,
  tag,
  title,
} from './record-fields.js';
import { isRecordKind, type RecordKind, recordKinds } from './record-kind.js';
import { explainIssues, nearest, type RecordProblem } from './record-problem.js';

export type OrganizationRecord = z.output<typeof recordSchemas.organization>;
export type TeamRecord = z.output<typeof recordSchemas.team>;
export type PersonRecord = z.output<typeof recordSchemas.person>;
export type SpaceRecord = z.output<typeof recordSchemas.space>;
export type ChallengeRecord = z.output<typeof recordSchemas.challenge>;
export type IdeaRecord = z.output<typeof recordSchemas.idea>;
export type ContributionRecord = z.output<typeof recordSchemas.contribution>;
export type EndorsementRecord = z.output<typeof recordSchemas.endorsement>;
export type ConversationRecord = z.output<typeof recordSchemas.conversation>;
export type MessageRecord = z.output<typeof recordSchemas.message>;
export type ReactionRecord = z.output<typeof recordSchemas.reaction>;
export type InteractionRecord = z.output<typeof recordSchemas.interaction>;

export type HubRecord = { [Kind in RecordKind]: z.output<(typeof recordSchemas)[Kind]> }[RecordKind];

export type RecordReading = { ok: true; record: HubRecord } | ({ ok: false } & RecordProblem);

/** One schema per kind. Field order is the order of the written format, and of every exported record. */
export const recordSchemas = {
  organization: z.strictObject({
    kind: z.literal('organization'),
    ref,
    name: title,
    relation: z.enum(['host', 'customer', 'partner', 'supplier', 'public']),
    domains: z.exactOptional(setOf(label, LIST_LENGTH)),
  }),
  team: z.strictObject({
    kind: z.literal('team'),
    ref,
    name: title,
    organization: z.exactOptional(ref),
    parent: z.exactOptional(ref),
    purpose: z.exactOptional(body),
  }),
  person: z.strictObject({
    kind: z.literal('person'),
    ref,
    name: title,
    handle: z.exactOptional(label),
    organization: z.exactOptional(ref),
    teams: z.exactOptional(setOf(ref, LIST_LENGTH)),
    party: z.exactOptional(z.enum(['internal', 'customer', 'partner', 'supplier', 'public'])),
    perspectives: z.exactOptional(perspectives),
    skills: z.exactOptional(setOf(label, LIST_LENGTH)),
    at: z.exactOptional(at),
  }),
  space: z.strictObject({
    kind: z.literal('space'),
    ref,
    name: title,
    visibility: z.enum(['open', 'organization', 'private']),
    owners: z.exactOptional(setOf(ref, LIST_LENGTH)),
    members: z.exactOptional(setOf(ref, LIST_LENGTH)),
    purpose: z.exactOptional(body),
  }),
  challenge: z.strictObject({
    kind: z.literal('challenge'),
    ref,
    space: ref,
    title,
    body: z.exactOptional(body),
    author: z.exactOptional(ref),
    at,
    closesAt: z.exactOptional(at),
  }),
  idea: z.strictObject({
    kind: z.literal('idea'),
    ref,
    space: ref,
    title,
    body: z.exactOptional(body),
    authors: setOf(ref, LIST_LENGTH, 1),
    team: z.exactOptional(ref),
    participatingTeams: z.exactOptional(setOf(ref, LIST_LENGTH)),
    challenge: z.exactOptional(ref),
    stage: z.exactOptional(label),
    tags: z.exactOptional(setOf(tag, TAG_COUNT)),
    buildsOn: z.exactOptional(setOf(ref, LIST_LENGTH)),
    at,
  }),
  contribution: z.strictObject({
    kind: z.literal('contribution'),
    ref,
    idea: ref,
    author: ref,
    type: z.enum(['build', 'question', 'evidence', 'concern']),
    body: z.exactOptional(body),
    replyTo: z.exactOptional(ref),
    at,
  }),
  endorsement: z.strictObject({
    kind: z.literal('endorsement'),
    idea: ref,
    person: ref,
    at,
    value: z.exactOptional(z.literal([0, 1])),
  }),
  conversation: z.strictObject({
    kind: z.literal('conversation'),
    ref,
    space: ref,
    title,
    idea: z.exactOptional(ref),
    channel: z.exactOptional(z.enum(['internal', 'customer', 'partner', 'social'])),
    at,
  }),
  message: z.strictObject({
    kind: z.literal('message'),
    ref,
    conversation: ref,
    author: ref,
    body,
    replyTo: z.exactOptional(ref),
    mentions: z.exactOptional(setOf(ref, LIST_LENGTH)),
    at,
  }),
  reaction: z.strictObject({
    kind: z.literal('reaction'),
    message: ref,
    person: ref,
    emoji: tag,
    at,
  }),
  interaction: z.strictObject({
    kind: z.literal('interaction'),
    from: ref,
    to: ref,
    at,
    type: z.exactOptional(z.enum(['message', 'meeting', 'work'])),
    weight: z.exactOptional(z.number().positive().max(INTERACTION_WEIGHT)),
  }),
} as const;

/** Reads one record as it stood in a file or arrived over the wire. Never throws: a refusal says what to mend. */
export function parseRecord(value: unknown): RecordReading {
  if (!isJsonObject(value)) return { ok: false, field: 'record', reason: 'must be a JSON object with a "kind"' };
  const kind = value.kind;
  if (!isRecordKind(kind)) return { ok: false, field: 'kind', reason: explainKind(kind) };
  // The kind picks the schema by hand: a union of twelve would try or index them all, for every record of an import.
  const parsed: z.ZodSafeParseResult<HubRecord> = recordSchemas[kind].safeParse(value);
  if (parsed.success) return { ok: true, record: parsed.data };
  return { ok: false, ...explainIssues(parsed.error.issues, value, Object.keys(recordSchemas[kind].shape)) };
}

function explainKind(kind: unknown): string {
  const known = `known kinds: ${recordKinds.join(', ')}`;
  if (kind === undefined) return `is missing; ${known}`;
  const guess = typeof kind === 'string' ? nearest(kind, recordKinds) : undefined;
  const shown = JSON.stringify(kind).slice(0, 100);
  return `unknown kind ${shown}; ${guess === undefined ? '' : `did you mean "${guess}"? `}${known}`;
}
