import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isErrno } from './errno.js';
import { isRunning, ownIdentity, pidOf } from './process-identity.js';

export interface ProcessLock {
  release(): Promise<void>;
}

/** Claimants that start in the same moment get in each other's way; a few looks, some 20 ms apart, tell a holder from them. */
const ATTEMPTS = 8;

/**
 * Takes a lock that dies with its holder. The lock is a folder in which each claimant puts an empty file named by its
 * identity, and only then looks for living rivals: of two claimants the later one always sees the earlier.
 * One shared lock file would not do: taking over a dead one means removing it, and between looking and removing,
 * somebody else may have taken it over, so both would hold it. Here a dead claimant's file has a name that nobody else
 * will ever use, and removing it harms nobody.
 */
export async function takeLock(folder: string, refusal: (holder: number) => string): Promise<ProcessLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = ownIdentity();
  const release = () => removeClaim(join(folder, own));
  await putClaim(folder, own, refusal);
  for (let attempt = 1; ; attempt++) {
    const rival = await livingRival(folder, own);
    if (rival === undefined) return { release };
    if (attempt === ATTEMPTS) {
      await release();
      throw new Error(refusal(pidOf(rival)));
    }
    await giveWay(folder, own, rival);
  }
}

/** Of claimants that met, one keeps its claim and looks again, so that they do not step back for each other for ever. */
async function giveWay(folder: string, own: string, rival: string): Promise<void> {
  const stays = own < rival;
  if (!stays) await removeClaim(join(folder, own));
  await pause(5 + Math.random() * 30);
  if (!stays) await writeFile(join(folder, own), '', { mode: 0o600 });
}

async function putClaim(folder: string, own: string, refusal: (holder: number) => string): Promise<void> {
  try {
    await writeFile(join(folder, own), '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (isErrno(error, 'EEXIST')) throw new Error(refusal(process.pid));
    throw error;
  }
}

async function livingRival(folder: string, own: string): Promise<string | undefined> {
  for (const claim of await readdir(folder)) {
    if (claim === own) continue;
    if (isRunning(claim)) return claim;
    await removeClaim(join(folder, claim));
  }
  return undefined;
}

async function removeClaim(path: string): Promise<void> {
  await rm(path, { force: true });
}
