import { pino } from 'pino';
import { originTables } from '#kernel/audit/origin-tables.js';
import type { PersonViewer, Viewer } from '#kernel/auth/viewer.js';
import { type ViewerSigner, viewerHeader, viewerSigner } from '#kernel/auth/viewer-header.js';
import { migration } from '#kernel/database/migration.js';
import { prepareServer, serviceUrl } from '#kernel/database/prepare-server.js';
import { statement } from '#kernel/database/statement.js';
import type { HubEvent } from '#kernel/events/event.js';
import { eventLogTables } from '#kernel/events/event-tables.js';
import { serveSubgraph } from '#kernel/http/serve-subgraph.js';
import { mintId } from '#kernel/ids/id.js';
import { type RunningService, type ServiceDefinition, startService } from '#kernel/runtime/service.js';
import { createWakes } from '#kernel/runtime/wakes.js';
import type { SpaceVisibility } from '#kernel/spaces/space-visibility.js';
import { idempotencyTable } from '#kernel/write/idempotency.js';
import { createTestDatabase } from '#test/hub/test-database.js';
import { countOfRequests } from '#test/service/count-of-requests.js';
import { conversations } from './service.js';

/** The conversations service alone, reached as the gateway reaches it, on a database of its own, beside a log in which spaces are opened as people does it. */
export interface ConversationsFixture {
  person(facts?: Partial<PersonViewer>): PersonViewer;
  openSpace(visibility?: SpaceVisibility, members?: readonly PersonViewer[]): Promise<string>;
  /** What the service answers to a document of this viewer. */
  ask<Data = Answered>(viewer: Viewer, document: string, variables?: object): Promise<Answer<Data>>;
  /** The payload of a mutation; its name is in the document, its input the only variable. */
  change(viewer: Viewer, name: string, input: object, fields: string): Promise<Payload>;
  /** A conversation of this opener in an open space, and its first message. */
  talk(opener: PersonViewer, input?: object): Promise<{ conversation: string; message: string; space: string }>;
  /** Posts a message; its id. */
  say(author: PersonViewer, conversation: string, body: string, more?: object): Promise<string>;
  /** All events of a type, oldest first. */
  events(type: string): Promise<Pick<HubEvent, 'subject' | 'space' | 'actor' | 'time' | 'data'>[]>;
  stop(): Promise<void>;
}

type Answered = Record<string, unknown>;

export interface Answer<Data> {
  readonly data: Data;
  readonly code: string | undefined;
  /** How many statements it took. */
  readonly statements: number;
}

/** A payload, loosely typed: what is expected of it stands in the test. */
export interface Payload {
  readonly code: string | undefined;
  readonly errors: readonly { code: string; message: string; path: string[] }[];
  readonly cursor: string | null;
  readonly [field: string]: unknown;
}

const secret = 'a secret that all tests share, 32 bytes';
const rolePrefix = 'weft_test';

export async function startConversations(): Promise<ConversationsFixture> {
  const { people, service, stop } = await startServices();
  const signer = viewerSigner(secret);
  const endpoint = await serveSubgraph(service, { host: '127.0.0.1', port: 0, signer, log });
  const ask = asker(service, signer, endpoint.url);
  const change = changer(ask);
  const openSpace = spaceOpener(people, service);
  return {
    person: (facts = {}) => ({ ...somebody, personId: mintId('Person'), ...facts }),
    openSpace,
    ask,
    change,
    async talk(opener, input = {}) {
      const space = 'space' in input ? String(input.space) : await openSpace();
      const words = { space, title: 'Late parts', message: 'Parts come late.', ...input };
      const opened = await change(opener, 'openConversation', words, 'conversation { id } message { id }');
      return { space, conversation: idIn(opened.conversation), message: idIn(opened.message) };
    },
    async say(author, conversation, body, more = {}) {
      const posted = await change(author, 'postMessage', { conversation, body, ...more }, 'message { id }');
      return idIn(posted.message);
    },
    events: (type) => service.database.read(eventsOfType, [type]),
    async stop() {
      await endpoint.stop();
      await stop();
    },
  };
}

/** The id of a payload's object; empty where there is none. */
export function idIn(object: unknown): string {
  return typeof object === 'object' && object !== null && 'id' in object ? String(object.id) : '';
}

const log = pino({ level: 'fatal' });
const somebody = { kind: 'person', organizationId: null, party: 'internal', administrator: false } as const;

async function startServices() {
  const database = await createTestDatabase();
  const server = { adminUrl: database.url, secret, rolePrefix };
  await prepareServer({ ...server, services: ['people', 'conversations'] });
  const options = { rolePrefix, secret, poolSize: 5, eventRetentionDays: 30, wakes: createWakes(), log };
  const people = await startService(peopleLog, { ...options, databaseUrl: serviceUrl(server, 'people') });
  const service = await startService(conversations, { ...options, databaseUrl: serviceUrl(server, 'conversations') });
  const stop = async () => {
    await service.stop();
    await people.stop();
    await database.drop();
  };
  return { people, service, stop };
}

function asker(service: RunningService, signer: ViewerSigner, url: string): ConversationsFixture['ask'] {
  return async <Data>(viewer: Viewer, query: string, variables: object = {}): Promise<Answer<Data>> => {
    const counted = countOfRequests(service.database);
    const headers = { 'content-type': 'application/json', [viewerHeader]: await signer.sign(viewer) };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    const answer: GraphQLAnswer<Data> = JSON.parse(await response.text());
    const statements = counted();
    const code = answer.errors?.[0]?.extensions?.code;
    if (answer.errors && (code === undefined || code === 'INTERNAL')) throw new Error(JSON.stringify(answer.errors));
    return { data: answer.data, code, statements };
  };
}

interface GraphQLAnswer<Data> {
  readonly data: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

function changer(ask: ConversationsFixture['ask']): ConversationsFixture['change'] {
  return async (viewer, name, input, fields) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { payload: ${name}(input: $input) {
      ${fields} cursor errors { code message path } } }`;
    const { data, code } = await ask<{ payload: Payload } | null>(viewer, document, { input });
    return { errors: [], cursor: null, ...data?.payload, code };
  };
}

function spaceOpener(people: RunningService, service: RunningService): ConversationsFixture['openSpace'] {
  return async (visibility = 'open', members = []) => {
    const space = mintId('Space');
    const context = people.createContext({ viewer: { kind: 'system' }, requestId: 'test' });
    await context.write({ name: 'openSpace', input: {} }, async (tx) => {
      tx.append({ type: 'people.space.opened', subject: space, data: { visibility, owners: [] } });
      for (const { personId: person } of members) {
        tx.append({ type: 'people.space.memberAdded', subject: space, data: { person, role: 'member' } });
      }
      return space;
    });
    await service.consumer('on-space-changed').catchUp(5_000);
    return space;
  };
}

const eventsOfType = statement(
  'SELECT subject, space, actor, time, data FROM event WHERE type = $1 ORDER BY epoch, xid, seq',
);

/** Nothing of people but its log, which other services follow. */
const peopleLog: ServiceDefinition = {
  name: 'people',
  entities: [],
  migrations: (prefix) => [
    migration(
      '2026-11-21T08:00:00Z',
      'LogOfPeople',
      ...eventLogTables('people', prefix),
      ...originTables(prefix),
      idempotencyTable,
    ),
  ],
  buildSchema: conversations.buildSchema, // nobody asks it anything
  consumers: [],
  context: (base) => base,
};
