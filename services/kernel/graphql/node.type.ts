import { Field, ID, InterfaceType } from 'type-graphql';
import { kindOfId } from '../ids/id.js';

@InterfaceType('Node', {
  description: 'Anything with a global id.',
  // Several services live in one process: only the types a service names belong to its part of the graph.
  autoRegisterImplementations: false,
  resolveType: (value: { id?: string; key?: string }) => kindOfId(value.key ?? value.id ?? ''),
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Global id: opaque, unique in the whole hub, never used twice.' })
  id: string;
}
