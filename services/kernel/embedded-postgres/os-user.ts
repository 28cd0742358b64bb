import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The operating system user PostgreSQL runs as, when we are root; PostgreSQL itself refuses to run as root. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/**
 * The user packages of PostgreSQL make, else one of our own, else nobody: where users cannot be added (a read-only
 * /etc) any unprivileged number is still better than no database.
 */
export async function choosePostgresUser(): Promise<OsUser> {
  return (await findUser('postgres')) ?? (await findUser(OWN_USER)) ?? (await addUser()) ?? (await nobody());
}

/** An existing cluster can only be run by the user it belongs to. */
export async function ownerOf(path: string): Promise<OsUser | undefined> {
  return stat(path).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
}

const run = promisify(execFile);
const OWN_USER = 'weft-postgres';

/** The same wish in the words of shadow-utils, of Debian's adduser and of BusyBox. */
const WAYS_TO_ADD: readonly [string, ...string[]][] = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER],
  ['adduser', '--system', '--group', '--no-create-home', '--quiet', OWN_USER],
  ['adduser', '-S', '-D', '-H', OWN_USER],
];

async function addUser(): Promise<OsUser | undefined> {
  for (const [command, ...args] of WAYS_TO_ADD) {
    const added = await run(command, args).catch(() => undefined);
    const user = added && (await findUser(OWN_USER));
    if (user) return user;
  }
  return undefined;
}

async function findUser(name: string): Promise<OsUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function nobody(): Promise<OsUser> {
  return (await findUser('nobody')) ?? { uid: 65534, gid: 65534 };
}
