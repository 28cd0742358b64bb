import type { HubRecord } from './record-format.js';
import type { RecordKind } from './record-kind.js';

/** A field that names other records: of which kind, whether it holds a list of them, and whether it may be absent. */
export interface ReferenceField {
  readonly field: string;
  readonly kind: RecordKind;
  readonly many: boolean;
  readonly required: boolean;
}

/** One record named by another; `field` says where, as in a refusal (`authors[2]`). */
export interface RecordReference {
  readonly field: string;
  readonly kind: RecordKind;
  readonly ref: string;
}

export function referencesOf(kind: RecordKind): readonly ReferenceField[] {
  return referenceFields[kind];
}

/** Every record that this one names, in the order of its fields. */
export function referencesIn(record: HubRecord): RecordReference[] {
  const fields: Readonly<Record<string, unknown>> = record;
  const found: RecordReference[] = [];
  for (const { field, kind } of referenceFields[record.kind]) {
    const value = fields[field];
    if (typeof value === 'string') found.push({ field, kind, ref: value });
    else if (Array.isArray(value)) {
      value.forEach((ref, index) => {
        found.push({ field: `${field}[${index}]`, kind, ref });
      });
    }
  }
  return found;
}

const one = (field: string, kind: RecordKind): ReferenceField => ({ field, kind, many: false, required: true });
const many = (field: string, kind: RecordKind): ReferenceField => ({ field, kind, many: true, required: true });
const maybeOne = (field: string, kind: RecordKind): ReferenceField => ({ field, kind, many: false, required: false });
const maybeMany = (field: string, kind: RecordKind): ReferenceField => ({ field, kind, many: true, required: false });

const referenceFields: Record<RecordKind, readonly ReferenceField[]> = {
  organization: [],
  team: [maybeOne('organization', 'organization'), maybeOne('parent', 'team')],
  person: [maybeOne('organization', 'organization'), maybeMany('teams', 'team')],
  space: [maybeMany('owners', 'organization'), maybeMany('members', 'person')],
  challenge: [one('space', 'space'), maybeOne('author', 'person')],
  idea: [
    one('space', 'space'),
    many('authors', 'person'),
    maybeOne('team', 'team'),
    maybeMany('participatingTeams', 'team'),
    maybeOne('challenge', 'challenge'),
    maybeMany('buildsOn', 'idea'),
  ],
  contribution: [one('idea', 'idea'), one('author', 'person'), maybeOne('replyTo', 'contribution')],
  endorsement: [one('idea', 'idea'), one('person', 'person')],
  conversation: [one('space', 'space'), maybeOne('idea', 'idea')],
  message: [
    one('conversation', 'conversation'),
    one('author', 'person'),
    maybeOne('replyTo', 'message'),
    maybeMany('mentions', 'person'),
  ],
  reaction: [one('message', 'message'), one('person', 'person')],
  interaction: [one('from', 'person'), one('to', 'person')],
};
