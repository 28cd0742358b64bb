import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { NodeType } from '#kernel/graphql/node.type.js';
import type { PeopleContext } from '../people-context.js';
import { type FoundNode, findNode, findNodes } from './node.js';

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'Anything by its id; null when there is nothing that you may see.',
  })
  node(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'A global id.' }) id: string,
  ): Promise<FoundNode | null> {
    return findNode(ctx, id);
  }

  @Query(() => [NodeType], {
    nullable: 'items',
    description: 'Many things by their ids, in the same order; null in place of what you may not see.',
  })
  nodes(
    @Ctx() ctx: PeopleContext,
    @Arg('ids', () => [ID], { description: 'Up to 100 global ids.' }) ids: string[],
  ): Promise<(FoundNode | null)[]> {
    return findNodes(ctx, ids);
  }
}
