import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OsUser } from './os-user.js';
import { blockingFolder } from './reach.js';

/** Where root puts what PostgreSQL's user must reach, when the place it should be in is closed to that user. */
const OWN_PLACE = '/var/lib/weft';

/** A folder below our own place that this user can enter; created unless it is there. */
export async function ownPlace(name: string, user: OsUser): Promise<string> {
  const path = join(OWN_PLACE, name);
  await mkdirEnterable(OWN_PLACE);
  await mkdirEnterable(path);
  const blocking = await blockingFolder(path, user);
  if (blocking === undefined) return path;
  throw new Error(
    `PostgreSQL runs as user ${user.uid}, who cannot enter ${blocking}. Run "chmod o+x ${blocking}", start the hub as an ordinary user, or use a PostgreSQL of your own.`,
  );
}

/** Only what we made ourselves is opened: a folder that was there keeps the permissions somebody gave it. */
async function mkdirEnterable(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  // After mkdir, because the umask may have taken the bit away.
  if (made !== undefined) await chmod(path, 0o711);
}
