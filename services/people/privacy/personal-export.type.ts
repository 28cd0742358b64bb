import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NeedsScope } from '#kernel/graphql/scope.js';

@NeedsScope('privacy:read')
@Entity()
@ObjectType('PersonalExport', {
  description: 'Everything the hub holds on you, from each service, whoever may see it otherwise.',
})
export class PersonalExportType {
  @HiddenKey()
  @Field(() => ID, { description: keyDescription })
  key: string;

  @Field(() => ID, { description: 'Your id: that of the person all of it is about.' })
  id: string;
}
