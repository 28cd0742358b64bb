import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { HiddenKey, keyDescription } from '#kernel/graphql/entity-key.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { foreignNodeNames } from './node.js';

/**
 * A type of another service that `node` can name. Its `id` is external: this service cannot tell it, so the gateway has to ask
 * the owner by `key` - and gets nothing for what is gone or hidden, which makes the whole node null.
 */
function foreignNode(name: string): new () => NodeType {
  @Directive('@key(fields: "key", resolvable: false)')
  @ObjectType(name, { implements: NodeType })
  class ForeignNode extends NodeType {
    @HiddenKey()
    @Field(() => ID, { description: keyDescription })
    key: string;

    @Directive('@external')
    @Field(() => ID, { description: 'Told by the service that owns this type.' })
    declare id: string;
  }
  return ForeignNode;
}

export const foreignNodes = Object.fromEntries(foreignNodeNames.map((name) => [name, foreignNode(name)])) as Readonly<
  Record<(typeof foreignNodeNames)[number], new () => NodeType>
>;

export const foreignNodeTypes = Object.values(foreignNodes);
