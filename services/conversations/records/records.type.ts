import { InputType, ObjectType } from 'type-graphql';
import { ImportRecordsInput, ImportRecordsPayload } from '#kernel/graphql/records.type.js';

@InputType({ description: 'Conversations, messages and reactions of another system.' })
export class ImportConversationRecordsInput extends ImportRecordsInput {}

@ObjectType({ description: 'What importConversationRecords did.' })
export class ImportConversationRecordsPayload extends ImportRecordsPayload {}
