import { resolve } from 'node:path';
import { restore } from '#kernel/embedded-postgres/backup.js';
import { type Command, type Terminal, usageError } from './command.js';
import { readArgs } from './config.js';
import { tellProblems } from './tell-problems.js';

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'make a data folder of a saved one',
  help: `hub restore [--data FOLDER] SAVED

Makes a new data folder of one that "hub backup" saved, or that was copied while its hub was stopped.
Event cursors from before are answered with CURSOR_INVALID from then on: whoever keeps some reads the present
state and subscribes from its cursor.

  --data FOLDER  the folder to make; otherwise HUB_DATA_DIR, otherwise .data`,
  run,
};

async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  const [saved, ...more] = positionals;
  if (saved === undefined || more.length > 0) throw usageError('name the saved folder');
  const folder = values.data ?? terminal.env.HUB_DATA_DIR ?? '.data';
  await tellProblems(() => restore(saved, folder));
  terminal.out.write(`${resolve(saved)} restored to ${resolve(folder)}; start the hub on it\n`);
  return 0;
}
