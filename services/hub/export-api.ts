import { z } from 'zod';
import { type HubRecord, parseRecord } from '#kernel/records/record-format.js';
import { CommandError } from './command.js';
import type { HubClient } from './hub-client.js';

export interface ExportedRecord {
  readonly id: string;
  readonly record: HubRecord;
}

export type ExportedPage = readonly ExportedRecord[];

/** The most ids and the largest page that the hub answers at once. */
const PAGE_SIZE = 100;

/** All organizations, teams, persons and spaces of a source. */
export function sourcePeople(client: HubClient, source: string): AsyncGenerator<ExportedPage> {
  return pages(client, SOURCE_PEOPLE, { source });
}

export function interactionRecords(client: HubClient, source: string): AsyncGenerator<ExportedPage> {
  return pages(client, INTERACTIONS, { source });
}

/** Challenges, ideas, contributions and endorsements of a space. */
export function ideaRecords(
  client: HubClient,
  space: string,
  source: string | undefined,
): AsyncGenerator<ExportedPage> {
  return pages(client, IDEAS, { space, source });
}

/** Conversations, messages and reactions of a space. */
export function conversationRecords(
  client: HubClient,
  space: string,
  source: string | undefined,
): AsyncGenerator<ExportedPage> {
  return pages(client, CONVERSATIONS, { space, source });
}

/**
 * Organizations, teams, persons and spaces by id, in the same order; undefined for those the token may not see. Calls with one key
 * are one export to the hub.
 */
export async function peopleRecords(
  client: HubClient,
  source: string | undefined,
  exportKey: string,
  ids: readonly string[],
): Promise<(ExportedRecord | undefined)[]> {
  const found: (ExportedRecord | undefined)[] = [];
  for (let start = 0; start < ids.length; start += PAGE_SIZE) {
    const asked = { source, exportKey, ids: ids.slice(start, start + PAGE_SIZE) };
    const answer = await client.run(PEOPLE, asked, peopleAnswer);
    found.push(...answer.records.map((record) => (record === null ? undefined : checked(record))));
  }
  return found;
}

async function* pages(
  client: HubClient,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): AsyncGenerator<ExportedPage> {
  for await (const nodes of pagesOf(client, document, variables, node)) yield nodes.map(checked);
}

/** The list that a document asks for as `page`, whole. */
export async function* pagesOf<Node>(
  client: HubClient,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  node: z.ZodType<Node>,
): AsyncGenerator<readonly Node[]> {
  const answer = z.object({ page: pageOf(node) });
  yield* pagesWithin(client, document, variables, answer, ({ page }) => page);
}

/** The same, of a list that stands deeper in the answer. */
export async function* pagesWithin<Answer, Node>(
  client: HubClient,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  answer: z.ZodType<Answer>,
  find: (answer: Answer) => AnsweredPage<Node>,
): AsyncGenerator<readonly Node[]> {
  let after: string | null = null;
  do {
    const page = find(await client.run(document, { ...variables, first: PAGE_SIZE, after }, answer));
    yield page.nodes;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

export interface AnsweredPage<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export function pageOf<Node>(node: z.ZodType<Node>): z.ZodType<AnsweredPage<Node>> {
  return z.object({ nodes: z.array(node), pageInfo: placeOfPage });
}

/** Read by the rules of the import, so that no file is written that could not be imported. */
function checked({ id, record }: z.output<typeof node>): ExportedRecord {
  const reading = parseRecord(record);
  if (reading.ok) return { id, record: reading.record };
  throw new CommandError(`the hub exported ${id} with an invalid field ${reading.field}: ${reading.reason}`);
}

const node = z.object({ id: z.string(), record: z.unknown() });
const peopleAnswer = z.object({ records: z.array(node.nullable()) });
const placeOfPage = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

const FIELDS = 'nodes { id record } pageInfo { hasNextPage endCursor }';

const PEOPLE = `query PeopleRecords($source: String, $exportKey: String, $ids: [ID!]!) {
  records: peopleRecords(source: $source, exportKey: $exportKey, ids: $ids) { id record }
}`;
const SOURCE_PEOPLE = `query SourcePeople($source: String!, $first: Int, $after: String) {
  page: sourcePeople(source: $source, first: $first, after: $after) { ${FIELDS} }
}`;
const INTERACTIONS = `query InteractionRecords($source: String!, $first: Int, $after: String) {
  page: interactionRecords(source: $source, first: $first, after: $after) { ${FIELDS} }
}`;
const IDEAS = `query IdeaRecords($space: ID!, $source: String, $first: Int, $after: String) {
  page: ideaRecords(space: $space, source: $source, first: $first, after: $after) { ${FIELDS} }
}`;
const CONVERSATIONS = `query ConversationRecords($space: ID!, $source: String, $first: Int, $after: String) {
  page: conversationRecords(space: $space, source: $source, first: $first, after: $after) { ${FIELDS} }
}`;
