import { rm } from 'node:fs/promises';

export default async function stopPostgres(): Promise<void> {
  await globalThis.testPostgres?.stop();
  if (globalThis.testPostgresFolder) await rm(globalThis.testPostgresFolder, { recursive: true, force: true });
}
