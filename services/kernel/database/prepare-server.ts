import { createHmac } from 'node:crypto';
import { Client, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';

export interface ServerPreparation {
  /** Somebody who may create roles, schemas and extensions. */
  readonly adminUrl: string;
  readonly secret: string;
  readonly rolePrefix: string;
  readonly services: readonly string[];
}

const lockNumber = 7_233_846;
const connectionTimeoutMillis = 5_000;
const duplicate = new Set(['42710', '23505', 'XX000']); // already there, or made by another process this very moment

/**
 * One login role and one schema for each service, and the extensions they use. Safe to run at every start and by several
 * processes at once. Members of the group role may read the event logs of the others, and nothing else of theirs.
 */
export async function prepareServer(preparation: ServerPreparation): Promise<void> {
  const client = new Client({ connectionString: preparation.adminUrl, connectionTimeoutMillis });
  client.on('error', () => undefined); // the statement under way reports what matters; unheard, it would end the process
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber]);
    await createRole(client, readersRole(preparation.rolePrefix), 'NOLOGIN');
    for (const service of preparation.services) await prepareService(client, preparation, service);
    await client.query('CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public');
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public');
  } catch (error) {
    throw explain(error, preparation.adminUrl);
  } finally {
    await client.end();
  }
}

async function prepareService(client: Client, preparation: ServerPreparation, service: string): Promise<void> {
  const role = roleName(preparation.rolePrefix, service);
  const password = rolePassword(preparation.secret, service);
  await createRole(client, role, 'LOGIN');
  await alterRole(client, `ALTER ROLE ${escapeIdentifier(role)} PASSWORD ${escapeLiteral(password)}`);
  await alterRole(
    client,
    `GRANT ${escapeIdentifier(readersRole(preparation.rolePrefix))} TO ${escapeIdentifier(role)}`,
  );
  await alterRole(client, `GRANT ${escapeIdentifier(role)} TO CURRENT_USER`);
  await client.query(
    `CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(service)} AUTHORIZATION ${escapeIdentifier(role)}`,
  );
}

async function createRole(client: Client, role: string, kind: 'LOGIN' | 'NOLOGIN'): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (found.rowCount === 0) await alterRole(client, `CREATE ROLE ${escapeIdentifier(role)} ${kind}`);
}

/** Roles belong to the whole server while the advisory lock is of one database: two databases may still meet here. */
async function alterRole(client: Client, text: string, attempts = 5): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !duplicate.has(error.code ?? '')) throw error;
    if (error.code === 'XX000' && attempts > 0) await alterRole(client, text, attempts - 1);
  }
}

function explain(error: unknown, adminUrl: string): unknown {
  if (!(error instanceof DatabaseError) || error.code !== '42501') return error;
  const user = new URL(adminUrl).username;
  return new Error(
    `The database user "${user}" may not prepare the server (${error.message}). Let a user do it who may create roles and schemas: ALTER ROLE ${user} CREATEROLE; GRANT CREATE ON DATABASE ... TO ${user};`,
  );
}

export function readersRole(prefix: string): string {
  return `${prefix}_event_readers`;
}

function roleName(prefix: string, service: string): string {
  return `${prefix}_${service}`;
}

/** Follows from the secret, so that processes on several machines need to share nothing else. */
function rolePassword(secret: string, service: string): string {
  return createHmac('sha256', secret).update(`database-role:${service}`).digest('base64url');
}

/** The connection of one service's own role to the same database. */
export function serviceUrl(preparation: Omit<ServerPreparation, 'services'>, service: string): string {
  const url = new URL(preparation.adminUrl);
  url.username = roleName(preparation.rolePrefix, service);
  url.password = rolePassword(preparation.secret, service);
  return url.toString();
}
