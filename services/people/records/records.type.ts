import { InputType, ObjectType } from 'type-graphql';
import { ImportRecordsInput, ImportRecordsPayload } from '#kernel/graphql/records.type.js';

@InputType({ description: 'A batch of organisation, team, person, space and interaction records.' })
export class ImportPeopleRecordsInput extends ImportRecordsInput {}

@ObjectType({ description: 'What importPeopleRecords did.' })
export class ImportPeopleRecordsPayload extends ImportRecordsPayload {}
