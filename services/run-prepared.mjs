// What `npm run hub` and `npm run gateway` run: builds what is missing, then becomes the program whose compiled file is named first.
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';

try {
  await prepare();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
const [program = ''] = process.argv.splice(2, 1);
process.argv[1] = resolve(fileURLToPath(new URL('../dist', import.meta.url)), program);
await import(pathToFileURL(process.argv[1]).href);
