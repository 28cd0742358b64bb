import { z } from 'zod';

export const roleNames = ['people', 'ideas', 'conversations', 'gateway'] as const;
export type RoleName = (typeof roleNames)[number];

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.string().url();
/** One address, or those of several processes. */
const addresses = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((text) => text.split(',').map((address) => address.trim()))
    .pipe(z.array(url).min(1));
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const milliseconds = z.coerce.number().int().min(100).max(600_000);

/**
 * Every environment variable the hub reads. The description of a variable is its line in `.env.example`; a test compares the two.
 */
export const variables = z.object({
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address the public endpoint listens on; 0.0.0.0 opens it to the network.'),
  PORT: port.default(4000).describe('Port of the public endpoint; 0 takes a free one.'),
  HUB_DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('Folder of the embedded database, the secret and the administrator token.'),
  HUB_ROLES: z
    .string()
    .default(roleNames.join(','))
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(roleNames)).min(1))
    .describe('Roles this process runs, separated by commas; --roles on the command line goes before it.'),
  DATABASE_URL: url
    .optional()
    .describe('PostgreSQL 15 or later to use; without it an embedded server is started in the data folder.'),
  HUB_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters, for example from: openssl rand -hex 32')
    .optional()
    .describe(
      'Secret shared by all processes of one hub; signs viewers and cursors. Without it one is kept in the data folder.',
    ),
  HUB_ROLE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'must be lower-case letters, digits and underscores')
    .default('weft')
    .describe('Prefix of the database login roles; two hubs on one PostgreSQL server need different ones.'),
  PEOPLE_PORT: port.default(4001).describe('Port of the people subgraph when it runs apart from the gateway.'),
  IDEAS_PORT: port.default(4002).describe('Port of the ideas subgraph when it runs apart from the gateway.'),
  CONVERSATIONS_PORT: port
    .default(4003)
    .describe('Port of the conversations subgraph when it runs apart from the gateway.'),
  PEOPLE_URL: addresses('http://127.0.0.1:4001/graphql').describe(
    'Where the gateway finds the people subgraph when it runs elsewhere; several processes, separated by commas.',
  ),
  IDEAS_URL: addresses('http://127.0.0.1:4002/graphql').describe(
    'Where the gateway finds the ideas subgraph when it runs elsewhere; several processes, separated by commas.',
  ),
  CONVERSATIONS_URL: addresses('http://127.0.0.1:4003/graphql').describe(
    'Where the gateway finds the conversations subgraph when it runs elsewhere; several processes, separated by commas.',
  ),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(2)
    .max(100)
    .default(10)
    .describe('Database connections each service may hold.'),
  DATABASE_WAIT_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(60_000)
    .describe('Milliseconds a starting process waits for a database that is away before it gives up.'),
  EVENT_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('Days the event log is kept at least; older cursors expire.'),
  FETCH_TIMEOUT_MS: milliseconds
    .default(15_000)
    .describe('Milliseconds the gateway waits for one answer of one service.'),
  OPERATION_TIMEOUT_MS: milliseconds
    .default(30_000)
    .describe('Milliseconds the gateway spends on one query or mutation, or on one event of a subscription.'),
  REQUEST_MAX_BYTES: count(1_024, 1_073_741_824)
    .default(4_194_304)
    .describe('Bytes a request may have; an import sends up to 4 MiB at once.'),
  VARIABLES_MAX_BYTES: count(1_024, 1_073_741_824)
    .default(3_145_728)
    .describe('Bytes the variables of a request may have, written as JSON.'),
  JSON_MAX_DEPTH: count(4, 1_000).default(32).describe('How deep the JSON of a request may be nested.'),
  JSON_MAX_VALUES: count(100, 100_000_000)
    .default(200_000)
    .describe('Objects, lists and entries the JSON of a request may have.'),
  DOCUMENT_MAX_CHARACTERS: count(100, 10_000_000).default(100_000).describe('Characters a GraphQL document may have.'),
  DOCUMENT_MAX_TOKENS: count(10, 1_000_000).default(5_000).describe('Tokens a GraphQL document may have.'),
  DOCUMENT_MAX_DEPTH: count(1, 1_000)
    .default(20)
    .describe('How deep fields may be nested, fragments counted where they are used.'),
  DOCUMENT_MAX_SELECTIONS: count(1, 1_000_000)
    .default(1_000)
    .describe('Fields a document may select, each counted as often as fragments repeat it.'),
  DOCUMENT_MAX_ALIASES: count(0, 1_000_000).default(50).describe('Aliases a document may have.'),
  DOCUMENT_MAX_ROOT_FIELDS: count(1, 1_000_000).default(30).describe('Root fields an operation may have.'),
  DOCUMENT_MAX_DIRECTIVES: count(0, 1_000_000).default(50).describe('Directives a document may have.'),
  DOCUMENT_MAX_FRAGMENTS: count(0, 10_000).default(100).describe('Named fragments a document may have.'),
  INTROSPECTION: z
    .enum(['open', 'closed'])
    .default('open')
    .describe('Whether the endpoint tells its schema: open or closed.'),
  OPERATION_MAX_COST: count(1, 1_000_000_000)
    .default(50_000)
    .describe('Points an operation may cost, about one for each object it may give; pages within each other multiply.'),
  RATE_LIMIT_ANONYMOUS: count(1, 2_000_000_000)
    .default(60_000)
    .describe('Points a minute for all who ask without a token from one address.'),
  RATE_LIMIT_PERSON: count(1, 2_000_000_000).default(1_000_000).describe('Points a minute for each person.'),
  RATE_LIMIT_CLIENT: count(1, 2_000_000_000).default(1_000_000).describe('Points a minute for each API client.'),
  RATE_LIMIT_STORE: z
    .enum(['memory', 'postgres'])
    .default('memory')
    .describe('Where points are counted: memory, by each gateway for itself, or postgres, by all of them together.'),
  CONNECTIONS_PER_ADDRESS: count(1, 10_000_000)
    .default(2_000)
    .describe('Connections one address may have open; with TRUSTED_PROXIES the proxy has to count them.'),
  SUBSCRIPTIONS_PER_VIEWER: count(1, 10_000_000)
    .default(1_000)
    .describe('Subscriptions a viewer may have open at one gateway, over all connections.'),
  OPERATIONS_PER_SOCKET: count(1, 10_000_000).default(200).describe('Operations under way on one WebSocket.'),
  MESSAGES_PER_SECOND: count(1, 10_000_000)
    .default(100)
    .describe('Messages one WebSocket may send in a second; ten times as many may come at once.'),
  HEADERS_TIMEOUT_MS: milliseconds
    .default(10_000)
    .describe('Milliseconds a client has for the headers of a request, and for the first message of a WebSocket.'),
  REQUEST_TIMEOUT_MS: milliseconds.default(60_000).describe('Milliseconds a client has for sending a whole request.'),
  TRUSTED_PROXIES: count(0, 10)
    .default(0)
    .describe('Proxies in front of the gateway that add the address of whom they were asked by to x-forwarded-for.'),
  TRUSTED_DOCUMENTS: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the only documents that may run: a JSON object from the SHA-256 of each, in hex, to its text. Without it any document may.',
    ),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Bearer token for /metrics. Without it /metrics answers connections of the same machine only.'),
  OIDC_PROVIDERS: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the OpenID Connect providers whose sign-ins are good here (docs/operations.md). Without it only tokens of the hub are.',
    ),
  ALLOWED_ORIGINS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().refine(isOrigin, 'must be origins such as https://app.example.com, separated by commas')))
    .optional()
    .describe(
      'Origins of web pages elsewhere that may use the hub, separated by commas, for example https://app.example.com.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: url
    .optional()
    .describe(
      'Base address of an OpenTelemetry collector that takes traces over OTLP/HTTP as JSON. Without it nothing is traced.',
    ),
  OTEL_SERVICE_NAME: z
    .string()
    .min(1)
    .default('weft')
    .describe('Name by which the traces of this process are found at the collector.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least level of log lines (JSON on standard error).'),
});

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

export type Config = z.output<typeof variables>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Parses the environment once; throws one {@link ConfigError} that names every problem. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(
    `The configuration has ${problems.length} problem(s); mend these environment variables:\n${problems.join('\n')}`,
  );
}
