import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NeedsScope } from '#kernel/graphql/scope.js';

@NeedsScope('people:read')
@ObjectType('TeamNetwork', { description: 'Teams and their ties, as far as they can be drawn.' })
export class TeamNetworkType {
  @Field(() => Boolean, {
    description: 'Whether these are all ties. False: there are more than 200, and these are the strongest.',
  })
  complete: boolean;
}

@ObjectType('TeamNetworkNode', { description: 'A team in a network.' })
export class TeamNetworkNodeType {
  @Field(() => ID, { description: 'Id of the team or organisation; edges name it.' })
  id: string;

  @Field(() => Int, { description: 'How many ties of this network it has, at least 1.' })
  connections: number;
}

@ObjectType('TeamNetworkEdge', { description: 'The tie of two teams in a network.' })
export class TeamNetworkEdgeType {}
