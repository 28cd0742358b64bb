import { pino } from 'pino';
import { type PersonViewer, partyKinds, type Viewer } from '#kernel/auth/viewer.js';
import { type ViewerSigner, viewerHeader, viewerSigner } from '#kernel/auth/viewer-header.js';
import { prepareServer, serviceUrl } from '#kernel/database/prepare-server.js';
import { statement } from '#kernel/database/statement.js';
import type { HubEvent } from '#kernel/events/event.js';
import { serveSubgraph } from '#kernel/http/serve-subgraph.js';
import type { Clock } from '#kernel/runtime/clock.js';
import { type RunningService, startService } from '#kernel/runtime/service.js';
import { createWakes } from '#kernel/runtime/wakes.js';
import { createTestDatabase } from '#test/hub/test-database.js';
import { countOfRequests } from '#test/service/count-of-requests.js';
import { people } from './service.js';

/** The people service alone, on a database of its own, asked as the gateway asks it: over HTTP, for a signed viewer. */
export interface PeopleFixture {
  readonly service: RunningService;
  /** The administrator whom the service makes for itself. */
  readonly admin: PersonViewer;
  /** What the service answers to a document of this viewer. */
  ask<Data = Answered>(viewer: Viewer, document: string, variables?: object): Promise<Answer<Data>>;
  /** The payload of a mutation; its input is the only variable. */
  change(viewer: Viewer, name: string, input: object, fields?: string): Promise<Payload>;
  /**
   * Makes the call twice with one idempotency key and checks that it was done once, then with another input, which must be
   * refused; the payload of the first.
   */
  changeOnce(viewer: Viewer, name: string, input: object, fields: string, other: object): Promise<Payload>;
  organization(facts?: object): Promise<string>;
  team(facts?: object): Promise<string>;
  /** Registers a person of the host, unless the facts say another party, and gives who they are. */
  person(facts?: object): Promise<PersonViewer>;
  /** Opens a space as this person; its id. */
  space(opener: Viewer, facts?: object): Promise<string>;
  /** The events of a type about something, oldest first. */
  events(type: string, subject: string): Promise<Pick<HubEvent, 'space' | 'actor' | 'time' | 'data'>[]>;
  /** The present, as the service sees it. */
  now(): Date;
  /** The present moves on, for everything the service does from now on. */
  wait(milliseconds: number): void;
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
  /** Code of the GraphQL error, where there is one. */
  readonly code: string | undefined;
  readonly errors: readonly { code: string; message: string; path: string[] }[];
  readonly cursor: string | null;
  readonly [field: string]: unknown;
}

const secret = 'a secret that all tests share, 32 bytes';
const rolePrefix = 'weft_test';

export interface PeopleOptions {
  /** Of streams. */
  readonly heartbeatMs?: number;
}

export async function startPeople(options: PeopleOptions = {}): Promise<PeopleFixture> {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const { service, stop } = await startAlone(now, options);
  const signer = viewerSigner(secret);
  const endpoint = await serveSubgraph(service, { host: '127.0.0.1', port: 0, signer, log });
  const calls = callsOf(asker(service, signer, endpoint.url));
  const admin = await administratorOf(service);
  return {
    service,
    admin,
    ...calls,
    ...factory(calls, admin),
    events: (type, subject) => service.database.read(eventsAbout, [type, subject]),
    now,
    wait(milliseconds) {
      ahead += milliseconds;
    },
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

async function startAlone(
  now: Clock,
  options: PeopleOptions,
): Promise<{ service: RunningService; stop(): Promise<void> }> {
  const database = await createTestDatabase();
  const server = { adminUrl: database.url, secret, rolePrefix };
  await prepareServer({ ...server, services: ['people'] });
  const service = await startService(people, {
    databaseUrl: serviceUrl(server, 'people'),
    rolePrefix,
    secret,
    poolSize: 5,
    eventRetentionDays: 30,
    wakes: createWakes(),
    log,
    now,
    ...options,
  });
  const stop = async () => {
    await service.stop();
    await database.drop();
  };
  return { service, stop };
}

function asker(service: RunningService, signer: ViewerSigner, url: string): PeopleFixture['ask'] {
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

type Calls = Pick<PeopleFixture, 'ask' | 'change' | 'changeOnce'>;

function callsOf(ask: PeopleFixture['ask']): Calls {
  const change: Calls['change'] = async (viewer, name, input, fields = '') => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${fields} cursor errors { code message path } } }`;
    const { data, code } = await ask<{ payload: Payload } | null>(viewer, document, { input });
    return { errors: [], cursor: null, ...data?.payload, code };
  };
  const changeOnce: Calls['changeOnce'] = async (viewer, name, input, fields, other) => {
    const keyed = { ...input, idempotencyKey: `once ${name}` };
    const first = await change(viewer, name, keyed, fields);
    expect(first).toMatchObject({ code: undefined, errors: [], cursor: expect.any(String) });
    expect(await change(viewer, name, keyed, fields)).toEqual(first);
    const reused = await change(viewer, name, { ...keyed, ...other }, fields);
    expect(reused.errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] }]);
    return first;
  };
  return { ask, change, changeOnce };
}

type Factory = Pick<PeopleFixture, 'organization' | 'team' | 'person' | 'space'>;

/** Boring defaults, so that what stands in a test is what matters there. */
function factory({ change, ask }: Calls, admin: PersonViewer): Factory {
  let count = 0;
  const next = (noun: string) => `${noun} ${++count}`;
  const make = async (viewer: Viewer, mutation: string, noun: string, input: object) => {
    const payload = await change(viewer, mutation, input, `${noun} { id }`);
    const id = idIn(payload[noun]);
    if (id === '') throw new Error(`${mutation} failed: ${JSON.stringify(payload)}`);
    return id;
  };
  return {
    organization: (facts = {}) =>
      make(admin, 'registerOrganization', 'organization', { name: next('Organization'), relation: 'HOST', ...facts }),
    team: (facts = {}) => make(admin, 'formTeam', 'team', { name: next('Team'), ...facts }),
    async person(facts = {}) {
      const input = { name: next('Person'), party: 'INTERNAL', ...facts };
      const id = await make(admin, 'registerPerson', 'person', input);
      const { data } = await ask<{ person: { party: string; organization: { id: string } | null } }>(
        admin,
        'query ($id: ID!) { person(id: $id) { party organization { id } } }',
        { id },
      );
      const party = partyKinds.find((kind) => kind.toUpperCase() === data.person.party) ?? 'public';
      const organizationId = data.person.organization?.id ?? null;
      return { kind: 'person', personId: id, organizationId, party, administrator: false };
    },
    space: (opener, facts = {}) =>
      make(opener, 'openSpace', 'space', { name: next('Space'), visibility: 'OPEN', ...facts }),
  };
}

const administrators = statement('SELECT id FROM person WHERE administrator');

async function administratorOf({ database }: RunningService): Promise<PersonViewer> {
  const rows = await database.read<{ id: string }>(administrators);
  const [only] = rows;
  if (!only || rows.length > 1) throw new Error(`There are ${rows.length} administrators; there should be one.`);
  return { kind: 'person', personId: only.id, organizationId: null, party: 'internal', administrator: true };
}

const eventsAbout = statement(
  'SELECT space, actor, time, data FROM event WHERE type = $1 AND subject = $2 ORDER BY epoch, xid, seq',
);
