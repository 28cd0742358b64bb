import { Client, type Pool, type PoolClient } from 'pg';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { parsers } from './parsers.js';
import { type Pulse, startPulse } from './pulse.js';
import type { Statement } from './statement.js';
import { StatementCounter } from './statement-counter.js';

export interface DatabaseOptions {
  /** Connection of the service's own login role. */
  readonly url: string;
  readonly schema: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly migrations: readonly (new () => object)[];
  readonly poolSize: number;
  readonly applicationName: string;
  /** Told of each new connection before it is used. */
  readonly connected?: (client: PoolClient) => Promise<void>;
}

/** One service's own PostgreSQL schema: prepared reads, short write transactions, and TypeORM's entities over the same pool. */
export interface Database {
  readonly schema: string;
  readonly dataSource: DataSource;
  readonly statements: StatementCounter;
  /** Of the pool, now: all there are, those nobody uses, and those who wait for one. */
  connections(): { readonly total: number; readonly idle: number; readonly waiting: number };
  read<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
  transaction<Result>(work: (tx: DatabaseTransaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DatabaseTransaction {
  /** TypeORM's view of this transaction. */
  readonly manager: EntityManager;
  run<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/** No statement of the hub needs longer; what does is stuck, and would hold back every reader of the event log. */
const statementTimeoutMs = 30_000;
const idleTransactionTimeoutMs = 15_000;

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const statements = new StatementCounter();
  const dataSource = await dataSourceOf(options, statements).initialize();
  const pool = poolOf(dataSource);
  pool.on('error', () => undefined); // an idle connection that dies is replaced at the next use; the use reports what matters
  const pulse = feelPulse(options, pool);

  return {
    schema: options.schema,
    dataSource,
    statements,
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async read<Row>(statement: Statement, values: readonly unknown[] = []) {
      statements.count(statement.text);
      const result = await pulse.within(() => pool.query({ ...statement, values: [...values] }));
      return result.rows as Row[];
    },
    transaction: (work) => pulse.within(() => transact({ dataSource, statements, pulse }, work)),
    close() {
      pulse.stop();
      return dataSource.destroy();
    },
  };
}

/** Who waits on a connection for a server that says nothing may wait for ever; the next one is made when it speaks again. */
function feelPulse({ url, applicationName }: DatabaseOptions, pool: Pool): Pulse {
  const busy = new Set<PoolClient>();
  pool.on('acquire', (client) => busy.add(client));
  pool.on('release', (_error, client) => busy.delete(client));
  const letGo = (client: unknown) => {
    if (client instanceof Client) void client.end().catch(() => undefined);
  };
  return startPulse({ url, applicationName, fellSilent: () => busy.forEach(letGo) });
}

function dataSourceOf(options: DatabaseOptions, statements: StatementCounter): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    applicationName: options.applicationName,
    entities: [...options.entities] as never[],
    migrations: [...options.migrations] as never[],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    poolSize: options.poolSize,
    connectTimeoutMS: 10_000,
    logger: statements,
    logging: ['query'],
    extra: {
      options: `-c search_path=${options.schema},public`,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: idleTransactionTimeoutMs,
      keepAlive: true,
      onConnect(client: PoolClient) {
        surviveErrors(client);
        return options.connected?.(client);
      },
      types: parsers,
    },
  });
}

/**
 * The pool hears the errors of a connection only while it is idle, and who takes one out listens a little later: a server that ends
 * in between, its last words read together with the answer before them, would end this process as well.
 */
function surviveErrors(client: PoolClient): void {
  client.on('error', () => undefined);
}

function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as PostgresDriver).master as Pool;
}

interface Transacting extends Pick<Database, 'dataSource' | 'statements'> {
  readonly pulse: Pulse;
}

async function transact<Result>(
  { dataSource, statements, pulse }: Transacting,
  work: (tx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    const client: PoolClient = await runner.connect();
    pulse.check(); // whoever asked was told that nothing happens
    await runner.startTransaction();
    const result = await work({
      manager: runner.manager,
      async run<Row>(statement: Statement, values: readonly unknown[] = []) {
        statements.count(statement.text);
        const answer = await client.query({ ...statement, values: [...values] });
        return answer.rows as Row[];
      },
    });
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
