import { type ClassType, Field, Float, Int, ObjectType } from 'type-graphql';
import type { Connection, ConnectionEdge, PageInfo } from '../connections/connection.js';
import { toHtml } from '../search/search.js';
import { PageInfoType } from './page.type.js';

/** What a search adds to a row. */
export interface Hit {
  readonly rank: number;
  readonly headline: string;
}

export interface SearchEdge<Row> {
  readonly node: Row;
  readonly cursor: string;
  readonly rank: number;
  readonly highlight: string;
}

export interface SearchConnection<Row> extends Pick<Connection<Row>, 'nodes' | 'pageInfo' | 'totalCount'> {
  readonly edges: Promise<readonly SearchEdge<Row>[]>;
}

/** The connection and edge types of a search: `IdeaSearchConnection` and `IdeaSearchEdge` for `Idea`. */
export function searchConnectionType<Row extends object>(
  name: string,
  node: () => ClassType,
  plural: string,
): ClassType<SearchConnection<Row>> {
  @ObjectType(`${name}SearchEdge`, { description: `One of the ${plural} found, with how well it matches.` })
  class Edge implements SearchEdge<Row> {
    @Field(node, { description: 'What was found.' })
    readonly node: Row;

    @Field(() => String, { description: 'Opaque place in this search.' })
    readonly cursor: string;

    @Field(() => Float, { description: 'How well it matches: greater is better, comparable only within one search.' })
    readonly rank: number;

    @Field(() => String, {
      description: 'The text around the words found, as HTML: everything escaped, the words in <mark>.',
    })
    readonly highlight: string;
  }

  @ObjectType(`${name}SearchConnection`, { description: `A page of the ${plural} found, best match first.` })
  class Page {
    @Field(() => [node()], { description: 'What was found, in order.' })
    readonly nodes: readonly Row[];

    @Field(() => [Edge], { description: 'What was found, with rank, highlight and cursor.' })
    readonly edges: readonly SearchEdge<Row>[];

    @Field(() => PageInfoType, { description: 'Where this page lies.' })
    readonly pageInfo: PageInfo;

    @Field(() => Int, { description: 'How many were found in all, among what this viewer may see.' })
    readonly totalCount: number;
  }
  return Page as unknown as ClassType<SearchConnection<Row>>;
}

export function toSearchConnection<Row extends object>(found: Connection<Row & Hit>): SearchConnection<Row> {
  return {
    get nodes() {
      return found.nodes;
    },
    get edges() {
      return found.edges.then((edges) => edges.map(toSearchEdge));
    },
    get pageInfo() {
      return found.pageInfo;
    },
    get totalCount() {
      return found.totalCount;
    },
  };
}

function toSearchEdge<Row extends object>({ node, cursor }: ConnectionEdge<Row & Hit>): SearchEdge<Row> {
  return { node, cursor, rank: node.rank, highlight: toHtml(node.headline) };
}
