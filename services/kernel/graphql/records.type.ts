import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { PageInfo } from '../connections/connection.js';
import type { RecordKind } from '../records/record-kind.js';
import type { RecordOutcome } from '../records/record-writer.js';
import type { RecordId, RecordKey } from '../records/reference-store.js';
import { MutationInput, MutationPayload } from './mutation.type.js';
import { PageInfoType } from './page.type.js';
import { HubRecordScalar } from './scalars.js';

/** GraphQL values of the record kinds are the kinds themselves; only their names are in upper case. */
export const RecordKindEnum = {
  ORGANIZATION: 'organization',
  TEAM: 'team',
  PERSON: 'person',
  SPACE: 'space',
  CHALLENGE: 'challenge',
  IDEA: 'idea',
  CONTRIBUTION: 'contribution',
  ENDORSEMENT: 'endorsement',
  CONVERSATION: 'conversation',
  MESSAGE: 'message',
  REACTION: 'reaction',
  INTERACTION: 'interaction',
} as const satisfies Record<string, RecordKind>;

registerEnumType(RecordKindEnum, {
  name: 'RecordKind',
  description: 'The kinds of hub records.',
  valuesConfig: Object.fromEntries(
    Object.entries(RecordKindEnum).map(([name, kind]) => [name, { description: `Records with "kind": "${kind}".` }]),
  ),
});

export const OnErrorEnum = { STOP: 'STOP', SKIP: 'SKIP' } as const;

registerEnumType(OnErrorEnum, {
  name: 'OnImportError',
  description: 'What an import does at a record it cannot take.',
  valuesConfig: {
    STOP: { description: 'Takes everything in front of it and nothing behind it.' },
    SKIP: { description: 'Refuses that record and goes on.' },
  },
});

export const ImportResultEnum = {
  CREATED: 'CREATED',
  UPDATED: 'UPDATED',
  UNCHANGED: 'UNCHANGED',
  REFUSED: 'REFUSED',
  NOT_REACHED: 'NOT_REACHED',
} as const;

registerEnumType(ImportResultEnum, {
  name: 'ImportResult',
  description: 'What became of a record.',
  valuesConfig: {
    CREATED: { description: 'It is new here.' },
    UPDATED: { description: 'It was here with other values.' },
    UNCHANGED: { description: 'It was here just like this.' },
    REFUSED: { description: 'It cannot be taken; "field" and "reason" say why.' },
    NOT_REACHED: { description: 'The import stopped in front of it.' },
  },
});

@InputType({ description: 'A record by its kind and the ref its source gave it.' })
export class RecordKeyInput implements RecordKey {
  @Field(() => RecordKindEnum, { description: 'Kind of the record.' })
  kind: RecordKind;

  @Field(() => String, { description: 'The ref, 1 to 200 characters.' })
  ref: string;
}

@InputType({ description: 'Tells an import which id a record of another service has.' })
export class RecordReferenceInput implements RecordId {
  @Field(() => RecordKindEnum, { description: 'Kind of the record.' })
  kind: RecordKind;

  @Field(() => String, { description: 'The ref by which records of this batch name it.' })
  ref: string;

  @Field(() => ID, { description: 'Its global id.' })
  id: string;
}

@Directive('@shareable')
@ObjectType('RecordReference', { description: 'Which object a record became.' })
export class RecordReferenceType implements RecordId {
  @Field(() => RecordKindEnum, { description: 'Kind of the record.' })
  kind: RecordKind;

  @Field(() => String, { description: 'Its ref in the source.' })
  ref: string;

  @Field(() => ID, { description: 'Global id of the object.' })
  id: string;
}

@Directive('@shareable')
@ObjectType('RecordOutcome', { description: 'What became of one record of an import.' })
export class RecordOutcomeType implements RecordOutcome {
  @Field(() => ImportResultEnum, { description: 'What became of it.' })
  result: RecordOutcome['result'];

  @Field(() => ID, {
    nullable: true,
    description: 'Global id of the object; null for refused records and kinds without a ref.',
  })
  id: string | null;

  @Field(() => String, { nullable: true, description: 'Where a refused record is wrong, for example "authors[1]".' })
  field: string | null;

  @Field(() => String, { nullable: true, description: 'What is wrong there and how to mend it.' })
  reason: string | null;
}

/** The input of each service's import mutation. */
@InputType()
export abstract class ImportRecordsInput extends MutationInput {
  @Field(() => String, { description: 'Name of the source system, 1 to 200 characters; refs are unique within it.' })
  source: string;

  @Field(() => [HubRecordScalar], { description: 'Up to 1,000 records, in the order of the file.' })
  records: object[];

  @Field(() => [RecordReferenceInput], {
    nullable: true,
    description: 'Ids of the records of other services that these records name.',
  })
  references?: RecordReferenceInput[] | null;

  @Field(() => OnErrorEnum, { defaultValue: 'STOP', description: 'What to do at a record that cannot be taken.' })
  onError: 'STOP' | 'SKIP';
}

/** The payload of each service's import mutation. */
@ObjectType()
export abstract class ImportRecordsPayload extends MutationPayload {
  @Field(() => [RecordOutcomeType], {
    nullable: true,
    description: 'One outcome a record, in their order; null when there are errors.',
  })
  outcomes: readonly RecordOutcome[] | null;
}

export interface ExportedRecord {
  readonly id: string;
  readonly record: object;
}

@Directive('@shareable')
@ObjectType('ExportedRecord', { description: 'An object in the form of a hub record.' })
export class ExportedRecordType implements ExportedRecord {
  @Field(() => String, { description: 'Global id of the object.' })
  id: string;

  @Field(() => HubRecordScalar, {
    description:
      'The record. What belongs to the same service is named by its ref (its id where it was never imported), what belongs to another one by its id.',
  })
  record: object;
}

@Directive('@shareable')
@ObjectType('ExportedRecordConnection', { description: 'A page of an export.' })
export class ExportedRecordConnection {
  @Field(() => [ExportedRecordType], {
    description: 'The records of the page, in the order in which they can be imported.',
  })
  readonly nodes: readonly ExportedRecord[];

  @Field(() => PageInfoType, { description: 'Where this page lies in the export.' })
  readonly pageInfo: PageInfo;
}
