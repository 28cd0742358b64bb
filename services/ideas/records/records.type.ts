import { InputType, ObjectType } from 'type-graphql';
import { ImportRecordsInput, ImportRecordsPayload } from '#kernel/graphql/records.type.js';

@InputType({ description: 'A batch of challenge, idea, contribution and endorsement records.' })
export class ImportIdeaRecordsInput extends ImportRecordsInput {}

@ObjectType({ description: 'What importIdeaRecords did.' })
export class ImportIdeaRecordsPayload extends ImportRecordsPayload {}
