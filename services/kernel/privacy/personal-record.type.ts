import { Directive, Field, ObjectType } from 'type-graphql';
import type { PageInfo } from '../connections/connection.js';
import { PageInfoType } from '../graphql/page.type.js';
import type { HeldRow } from './select-holdings.js';

@Directive('@shareable')
@ObjectType('PersonalRecord', { description: 'Something the hub holds on you.' })
export class PersonalRecordType implements HeldRow {
  @Field(() => String, { description: 'What it is, for example "membership"; docs/api/privacy.md names all kinds.' })
  kind: string;

  @Field(() => String, {
    description: 'Distinguishes it from the others of its kind; the global id of what has one.',
  })
  id: string;

  @Field(() => String, {
    description: 'What is held, as the text of a JSON object. Others are in it by their ids only.',
  })
  json: string;
}

@Directive('@shareable')
@ObjectType('PersonalRecordConnection', { description: 'A page of what a service holds on you.' })
export class PersonalRecordConnection {
  @Field(() => [PersonalRecordType], { description: 'The records of the page, by kind and id.' })
  readonly nodes: readonly HeldRow[];

  @Field(() => PageInfoType, { description: 'Where this page lies in the whole.' })
  readonly pageInfo: PageInfo;
}
