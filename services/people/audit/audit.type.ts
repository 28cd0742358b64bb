import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { HubRecordScalar, InstantScalar } from '#kernel/graphql/scalars.js';
import { type AuditFilter, addressDays, entryDays } from './audit.repository.js';
import type { AuditEntry } from './audit-entry.entity.js';

@ObjectType('AuditEntry', {
  description: `That somebody did something that may have to be accounted for. Kept for ${entryDays} days.`,
})
export class AuditEntryType {
  @Field(() => ID, { description: 'Id of the event it tells of.' })
  id: string;

  @Field(() => String, { description: 'What was done: a type of event, for example "people.accessToken.issued".' })
  action: string;

  @Field(() => String, { description: 'The service in which it was done.' })
  service: string;

  @Field(() => InstantScalar, { description: 'When.' })
  at: Date;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of who did it, also of somebody who is not there any more; null when the hub itself did.',
  })
  actorId: string | null;

  @Field(() => ID, { description: 'Id of what it was done to.' })
  subject: string;

  @Field(() => ID, { nullable: true, description: 'Id of the space it was done in, where there is one.' })
  spaceId: string | null;

  @Field(() => HubRecordScalar, { description: 'The facts of the event, as schema/events.json describes them: ids.' })
  details: object;

  @Field(() => String, {
    nullable: true,
    description: 'Id of the request; the logs have it too. Null for the hub itself.',
  })
  requestId: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Network address of who asked; null for the hub itself, after ${addressDays} days, and for who was erased.`,
  })
  address: string | null;
}

export const AuditEntryConnection = connectionType<AuditEntry>('AuditEntry', () => AuditEntryType, 'audit entries');

@InputType('AuditFilter', { description: 'Which entries; every condition given must hold.' })
export class AuditFilterInput implements AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Only what this person or API client did.' })
  actor?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what was done to this.' })
  subject?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what was done in this space.' })
  space?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only these actions.' })
  actions?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only what this request did.' })
  requestId?: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Only what was done at this instant or later.' })
  since?: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Only what was done before this instant.' })
  before?: Date | null;
}
