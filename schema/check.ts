import 'reflect-metadata';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeArtifacts, SchemaProblem } from './artifacts.js';
import { unexplainedBreaks } from './breaking-changes.js';
import { schemaFile } from './schema-file.js';

try {
  const artifacts = await makeArtifacts();
  const problems = [...(await staleFiles(artifacts)), ...(await breaks(artifacts))];
  if (problems.length > 0) throw new SchemaProblem(problems.join('\n'));
} catch (error) {
  if (!(error instanceof SchemaProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function staleFiles(artifacts: ReadonlyMap<string, string>): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of artifacts) {
    const written = await readFile(schemaFile(name), 'utf8').catch(() => '');
    if (written !== text) stale.push(`schema/${name} is not what the code says: run "npm run schema" and commit it.`);
  }
  return stale;
}

async function breaks(artifacts: ReadonlyMap<string, string>): Promise<string[]> {
  const released = await readFile(schemaFile('released.graphql'), 'utf8');
  const folder = fileURLToPath(new URL('../../docs/adr/', import.meta.url));
  const decisions = await Promise.all((await readdir(folder)).map((name) => readFile(`${folder}/${name}`, 'utf8')));
  return unexplainedBreaks(released, artifacts.get('api.graphql') ?? '', decisions);
}
