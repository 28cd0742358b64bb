import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Connection, ConnectionEdge, PageInfo } from '../connections/connection.js';
import { PageInfoType } from './page.type.js';

/** The connection and edge types of a list of `Node`s: `IdeaConnection` and `IdeaEdge` for `Idea`. */
export function connectionType<Row extends object>(
  name: string,
  node: () => ClassType,
  plural: string,
): ClassType<Connection<Row>> {
  @ObjectType(`${name}Edge`, { description: `One of ${plural} in a page, with its cursor.` })
  class Edge implements ConnectionEdge<Row> {
    @Field(node, { description: 'The entry itself.' })
    readonly node: Row;

    @Field(() => String, { description: 'Opaque place of this entry in this list and order.' })
    readonly cursor: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${plural}.` })
  class Page {
    @Field(() => [node()], { description: 'The entries of the page, in order.' })
    readonly nodes: readonly Row[];

    @Field(() => [Edge], { description: 'The entries with their cursors.' })
    readonly edges: readonly ConnectionEdge<Row>[];

    @Field(() => PageInfoType, { description: 'Where this page lies in the list.' })
    readonly pageInfo: PageInfo;

    @Field(() => Int, { description: 'How many entries the whole list has for this viewer.' })
    readonly totalCount: number;
  }
  return Page as unknown as ClassType<Connection<Row>>;
}
