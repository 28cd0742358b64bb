// What `npm start` runs: install and build whatever is missing, then become the hub.
// `--prepare-only` stops before the hub; every other argument is the hub's.
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

try {
  await prepare();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

if (!process.argv.includes('--prepare-only')) {
  const main = new URL('../dist/services/main.js', import.meta.url);
  // In this process and not in a child: signals, exit code and terminal are the hub's own, and nothing is started twice.
  process.argv[1] = fileURLToPath(main);
  await import(main.href);
}
