import { resolve } from 'node:path';
import { backUp } from '#kernel/embedded-postgres/backup.js';
import { type Command, type Terminal, usageError } from './command.js';
import { readArgs } from './config.js';
import { tellProblems } from './tell-problems.js';

export const backupCommand: Command = {
  name: 'backup',
  summary: 'save a data folder with its database',
  help: `hub backup [--data FOLDER] TARGET

Saves the data folder of a hub with an embedded database, and all that is in it, to the new folder TARGET,
while the hub runs or not. Run it on the same machine and as the user who runs the hub, or as root.
TARGET appears complete or not at all. It holds the secret and the administrator's token: keep it safe.

  --data FOLDER  the data folder; otherwise HUB_DATA_DIR, otherwise .data`,
  run,
};

async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw usageError('name one folder to save to');
  const folder = values.data ?? terminal.env.HUB_DATA_DIR ?? '.data';
  const saved = await tellProblems(() => backUp(folder, target));
  terminal.out.write(
    `${resolve(folder)} saved to ${resolve(target)}, while the hub ${saved === 'running' ? 'ran' : 'was stopped'}\n`,
  );
  return 0;
}
