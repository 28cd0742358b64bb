import { fileURLToPath } from 'node:url';

/** The path of a file in the committed folder `schema/`, seen from the compiled code. */
export function schemaFile(name: string): string {
  return fileURLToPath(new URL(`../../schema/${name}`, import.meta.url));
}
