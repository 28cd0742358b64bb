import { openDataFolder } from './data-folder.js';

/** A process that opens the data folder, says so, and holds it until it is killed or its input ends. */
const answer = await openDataFolder(process.argv[2] ?? '').then(
  () => 'open',
  () => 'refused',
);
process.stdout.write(`${answer}\n`);
process.stdin.resume();
