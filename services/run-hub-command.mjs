// What `npm run hub -- <command>` runs: builds what is missing, then the command.
import { prepare } from './prepare.mjs';

try {
  await prepare();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
await import(new URL('../dist/services/hub/main.js', import.meta.url).href);
