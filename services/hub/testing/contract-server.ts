import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSchema, graphql } from 'graphql';
import { parseRecord } from '#kernel/records/record-format.js';
import { type RecordKind, type RecordService, recordKinds, serviceOf } from '#kernel/records/record-kind.js';
import { referencesOf } from '#kernel/records/record-references.js';
import { kindName } from '../reference-api.js';

/**
 * For tests of the command: a server that speaks the import and export part of the hub's schema over real HTTP and
 * keeps the records in memory. It follows the contract, not the hub's code; that the hub follows it too is tested there.
 */
export interface ContractServer {
  readonly url: string;
  /** The records as the hub would hold them, by kind and ref. */
  readonly stored: ReadonlyMap<string, StoredRecord>;
  readonly batches: readonly { service: RecordService; size: number }[];
  /** The next answers are cut off after the batch was applied, as when a connection breaks. */
  breakAnswers(count: number): void;
  /** What requests were authorized with. */
  readonly tokens: ReadonlySet<string | undefined>;
  /** The people service answers as if the viewer may not see this record. */
  hide(id: string): void;
  close(): Promise<void>;
}

interface StoredRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly json: Json;
}

type Json = Readonly<Record<string, unknown>>;
type Key = { kind: string; ref: string };
type Outcome = { result: string; id?: string; field?: string; reason?: string };
type BatchInput = { records: Json[]; references: (Key & { id: string })[] | null; onError: 'STOP' | 'SKIP' };
type Page = { first: number; after?: string | null; space?: string };

export async function startContractServer(): Promise<ContractServer> {
  const hub = new HubInMemory();
  const tokens = new Set<string | undefined>();
  let toBreak = 0;
  const server = createServer((request, response) => {
    tokens.add(request.headers.authorization);
    void answer(request, hub).then((body) => {
      if (toBreak > 0) {
        toBreak -= 1;
        response.destroy();
      } else response.setHeader('content-type', 'application/json').end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}/graphql`,
    stored: hub.stored,
    batches: hub.batches,
    tokens,
    hide: (id) => hub.hidden.add(id),
    breakAnswers: (count) => {
      toBreak = count;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, rootValue: HubInMemory): Promise<string> {
  const { query, variables } = JSON.parse(await text(request));
  return JSON.stringify(await graphql({ schema, source: query, variableValues: variables, rootValue }));
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

class HubInMemory {
  readonly stored = new Map<string, StoredRecord>();
  readonly batches: { service: RecordService; size: number }[] = [];
  readonly hidden = new Set<string>();

  importPeopleRecords = ({ input }: { input: BatchInput }) => this.apply('people', input);
  importIdeaRecords = ({ input }: { input: BatchInput }) => this.apply('ideas', input);
  importConversationRecords = ({ input }: { input: BatchInput }) => this.apply('conversations', input);
  peopleReferences = ({ references }: { references: Key[] }) => this.known(references);
  ideaReferences = this.peopleReferences;
  conversationReferences = this.peopleReferences;
  peopleRecords = ({ ids }: { ids: string[] }) =>
    ids
      .map((id) => [...this.stored.values()].find((row) => row.id === id && !this.hidden.has(id)))
      .map((row) => (row === undefined ? null : exported(row)));
  sourcePeople = (page: Page) => this.page(['organization', 'team', 'person', 'space'], page);
  interactionRecords = (page: Page) => this.page(['interaction'], page);
  ideaRecords = (page: Page) => this.page(['challenge', 'idea', 'contribution', 'endorsement'], page);
  conversationRecords = (page: Page) => this.page(['conversation', 'message', 'reaction'], page);

  private apply(service: RecordService, { records, references, onError }: BatchInput) {
    this.batches.push({ service, size: records.length });
    const foreign = new Map((references ?? []).map(({ kind, ref, id }) => [`${kind.toLowerCase()} ${ref}`, id]));
    let stopped = false;
    const outcomes = records.map((json): Outcome => {
      if (stopped) return { result: 'NOT_REACHED' };
      const outcome = this.applyOne(json, foreign);
      stopped = outcome.result === 'REFUSED' && onError === 'STOP';
      return outcome;
    });
    return { outcomes, errors: [] };
  }

  private applyOne(json: Json, foreign: ReadonlyMap<string, string>): Outcome {
    const reading = parseRecord(json);
    if (!reading.ok) return { result: 'REFUSED', field: reading.field, reason: reading.reason };
    const { kind } = reading.record;
    const held: Record<string, unknown> = { ...json };
    for (const { field, kind: named } of referencesOf(kind)) {
      if (json[field] === undefined) continue;
      const refs = [json[field]].flat().map((ref) => this.held(kind, named, String(ref), foreign));
      if (refs.includes(undefined)) return { result: 'REFUSED', field, reason: `names a ${named} that is not there` };
      held[field] = Array.isArray(json[field]) ? refs : refs[0];
    }
    return this.store(kind, held);
  }

  /** Names within a service stay refs; those of another service are held by their id. */
  private held(kind: RecordKind, named: RecordKind, ref: string, foreign: ReadonlyMap<string, string>) {
    const key = `${named} ${ref}`;
    if (serviceOf(kind) !== serviceOf(named)) return foreign.get(key);
    return this.stored.has(key) ? ref : undefined;
  }

  private store(kind: RecordKind, json: Json): Outcome {
    const key = typeof json.ref === 'string' ? `${kind} ${json.ref}` : JSON.stringify(json);
    const before = this.stored.get(key);
    const id = before?.id ?? `${kind}_${String(this.stored.size).padStart(26, '0')}`;
    this.stored.set(key, { id, kind, json });
    if (before === undefined) return { result: 'CREATED', id };
    return { result: JSON.stringify(before.json) === JSON.stringify(json) ? 'UNCHANGED' : 'UPDATED', id };
  }

  private known(keys: readonly Key[]) {
    return keys.flatMap(({ kind, ref }) => {
      const id = this.stored.get(`${kind.toLowerCase()} ${ref}`)?.id;
      return id === undefined ? [] : [{ kind, ref, id }];
    });
  }

  private page(kinds: readonly RecordKind[], { first, after, space }: Page) {
    const rows = kinds.flatMap((kind) => [...this.stored.values()].filter((row) => row.kind === kind));
    const ours = rows.filter(({ json }) => space === undefined || json.space === undefined || json.space === space);
    const start = Number(after ?? 0);
    const nodes = ours.slice(start, start + first).map(exported);
    return { nodes, pageInfo: { hasNextPage: start + first < ours.length, endCursor: String(start + first) } };
  }
}

function exported({ id, json }: StoredRecord): { id: string; record: Json } {
  return { id, record: json };
}

const importInput = (noun: string) => `input Import${noun}RecordsInput {
  source: String! records: [HubRecord!]! references: [RecordReferenceInput!] onError: OnError clientMutationId: String
}`;

const schema = buildSchema(`
  scalar HubRecord
  enum RecordKind { ${recordKinds.map(kindName).join(' ')} }
  enum OnError { STOP SKIP }
  enum RecordResult { CREATED UPDATED UNCHANGED REFUSED NOT_REACHED }
  input RecordKeyInput { kind: RecordKind! ref: String! }
  input RecordReferenceInput { kind: RecordKind! ref: String! id: ID! }
  ${['People', 'Idea', 'Conversation'].map(importInput).join('\n')}
  type RecordReference { kind: RecordKind! ref: String! id: ID! }
  type RecordOutcome { result: RecordResult! id: ID field: String reason: String }
  type UserError { code: String! message: String! path: [String!] }
  type ImportRecordsPayload { outcomes: [RecordOutcome!]! errors: [UserError!]! cursor: String clientMutationId: String }
  type ExportedRecord { id: ID! record: HubRecord! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type ExportedRecordConnection { nodes: [ExportedRecord!]! pageInfo: PageInfo! }
  type Mutation {
    importPeopleRecords(input: ImportPeopleRecordsInput!): ImportRecordsPayload!
    importIdeaRecords(input: ImportIdeaRecordsInput!): ImportRecordsPayload!
    importConversationRecords(input: ImportConversationRecordsInput!): ImportRecordsPayload!
  }
  type Query {
    peopleReferences(source: String!, references: [RecordKeyInput!]!): [RecordReference!]!
    ideaReferences(source: String!, references: [RecordKeyInput!]!): [RecordReference!]!
    conversationReferences(source: String!, references: [RecordKeyInput!]!): [RecordReference!]!
    peopleRecords(source: String, exportKey: String, ids: [ID!]!): [ExportedRecord]!
    sourcePeople(source: String!, first: Int, after: String): ExportedRecordConnection!
    interactionRecords(source: String!, first: Int, after: String): ExportedRecordConnection!
    ideaRecords(space: ID!, source: String, first: Int, after: String): ExportedRecordConnection!
    conversationRecords(space: ID!, source: String, first: Int, after: String): ExportedRecordConnection!
  }
`);
