import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config, RoleName } from '#kernel/config/config.js';
import { openDataFolder } from '#kernel/data-folder/data-folder.js';
import { createPrivateFile } from '#kernel/data-folder/private-file.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel/embedded-postgres/embedded-postgres.js';

/** Where a hub keeps what must outlive it. */
export interface HubStorage {
  readonly secret: string;
  /** Of somebody who may prepare the server; absent in a process that runs the gateway alone. */
  readonly databaseUrl: string | undefined;
  /** Keeps a text in a file of the data folder that only this user can read; gives the text that was there before, if any. */
  keep(name: string, make: () => string): Promise<{ readonly text: string; readonly path: string }>;
  /** Resolves when the embedded server is down for good; never without one. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
  /** Lets go of it without waiting: an embedded server is told to stop. */
  abandon(): void;
}

/** Embedded unless DATABASE_URL names a server. Only the embedded one needs the data folder for itself alone. */
export async function openStorage(
  config: Config,
  roles: readonly RoleName[],
  onProgress: (line: string) => void,
): Promise<HubStorage> {
  const needsDatabase = roles.some((role) => role !== 'gateway');
  return config.DATABASE_URL === undefined && needsDatabase
    ? embedded(config, onProgress)
    : external(config, needsDatabase);
}

async function embedded(config: Config, onProgress: (line: string) => void): Promise<HubStorage> {
  const folder = await openDataFolder(config.HUB_DATA_DIR);
  let server: EmbeddedPostgres;
  try {
    server = await startEmbeddedPostgres({ folder: folder.path, onProgress });
  } catch (error) {
    await folder.close();
    throw error;
  }
  return {
    secret: config.HUB_SECRET ?? (await folder.secret()),
    databaseUrl: server.url,
    keep: (name, make) => keepIn(folder.path, name, make),
    lost: server.exited,
    async close() {
      await server.stop();
      await folder.close();
    },
    abandon: () => process.kill(server.pid, 'SIGINT'),
  };
}

async function external(config: Config, needsDatabase: boolean): Promise<HubStorage> {
  const path = resolve(config.HUB_DATA_DIR);
  const keep: HubStorage['keep'] = (name, make) => keepIn(path, name, make);
  return {
    secret: config.HUB_SECRET ?? (await keep('secret', () => randomBytes(32).toString('hex'))).text,
    databaseUrl: needsDatabase ? config.DATABASE_URL : undefined,
    keep,
    lost: new Promise(() => undefined),
    close: async () => undefined,
    abandon: () => undefined,
  };
}

async function keepIn(folder: string, name: string, make: () => string): Promise<{ text: string; path: string }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  return { text: (await createPrivateFile(path, make())).trim(), path };
}
