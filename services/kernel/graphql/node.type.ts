import { Field, ID, InterfaceType } from 'type-graphql';
import { kindOfId } from '../ids/id.js';

@InterfaceType('Node', {
  // Otherwise each subgraph of a process would take up the types of all the others.
  autoRegisterImplementations: false,
  description: 'Anything with a global id.',
  resolveType: (value: { id?: string; key?: string }) => kindOfId(value.key ?? value.id ?? ''),
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Global id: opaque, unique in the whole hub, never used twice.' })
  id: string;
}
