import { readFile, writeFile } from 'node:fs/promises';

const readme = new URL('../../../bench/README.md', import.meta.url);

/** Puts the tables of one experiment between its markers; everything else of the file stays. */
export async function writeIntoReadme(experiment: string, machine: string, tables: string): Promise<void> {
  const [start, end] = [`<!-- ${experiment} -->`, `<!-- end of ${experiment} -->`];
  const text = await readFile(readme, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`bench/README.md has no place for "${experiment}": put back its markers.`);
  await writeFile(readme, `${text.slice(0, from + start.length)}\n\n${tables}\n\n${machine}\n\n${text.slice(to)}`);
}
