import { Field, ObjectType } from 'type-graphql';
import { PartyType } from '#kernel/graphql/party.type.js';

@ObjectType('Viewer', { description: 'Who asks.' })
export class ViewerType {
  @Field(() => Boolean, { description: 'Whether you may do what only administrators may.' })
  administrator: boolean;

  @Field(() => PartyType, { description: 'On whose side you stand.' })
  party: string;
}
