import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('../../services/hub/main.js', import.meta.url));

/** Runs the hub command; fails with what it said when it does. */
export async function runHubCommand(milliseconds: number, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [script, ...args], { timeout: milliseconds });
}
