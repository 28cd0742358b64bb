import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, CommandError, type Terminal, usageError } from './command.js';
import { accessHelp, accessOptions, type HubAccess, readAccess, readArgs } from './config.js';
import { createHubClient } from './hub-client.js';
import { type FileImport, importFile } from './import-file.js';
import { ImportTally } from './import-tally.js';
import { KnownIds } from './known-ids.js';
import { startProgress } from './progress.js';
import type { Refusal } from './read-records.js';
import { openRejectFile } from './reject-file.js';

export const importCommand: Command = {
  name: 'import',
  summary: 'import files of hub records',
  help: `hub import --source NAME [options] FILE...

Imports hub records, one JSON object a line, from .jsonl, .jsonl.gz or .jsonl.zst files.
Running it again doubles nothing: what is there is updated where it changed.

  --source NAME  the system the records come from; refs are unique within it
  --on-error stop|skip
                 stop (default): nothing after a refused line is imported
                 skip: go on and write every refused line to the reject file
  --rejects FILE the reject file (FILE.rejects.jsonl)
  --from-line N  begin at this line of the file
${accessHelp}

Exit code: 0 all imported, 1 not all imported, 2 wrongly called.`,
  run,
};

interface ImportOptions {
  readonly source: string;
  readonly files: readonly string[];
  readonly skip: boolean;
  readonly rejects: string | undefined;
  readonly fromLine: number;
  readonly access: HubAccess;
}

async function run(args: string[], terminal: Terminal): Promise<number> {
  const options = await readOptions(args, terminal);
  const sizes = await Promise.all(options.files.map(sizeOf));
  const started = performance.now();
  const tally = new ImportTally();
  const client = createHubClient(options.access, (cause) =>
    terminal.err.write(`the hub does not answer (${cause}); trying again\n`),
  );
  const job = { ...options, client, known: new KnownIds(), tally };
  try {
    for (const [index, path] of options.files.entries()) {
      const stoppedBy = await importOne({ ...job, path }, sizes[index] ?? 0, terminal);
      if (stoppedBy !== undefined) throw new CommandError(explainStop(path, stoppedBy, options.files.slice(index + 1)));
    }
  } finally {
    await client.close();
    terminal.out.write(`${tally.report((performance.now() - started) / 1000)}\n`);
  }
  return tally.total('refused') === 0 ? 0 : 1;
}

type FileJob = Omit<FileImport, 'progress' | 'rejects'> & Pick<ImportOptions, 'skip' | 'rejects'>;

async function importOne(job: FileJob, size: number, terminal: Terminal): Promise<Refusal | undefined> {
  const rejects = job.skip ? await openRejectFile(job.rejects ?? `${job.path}.rejects.jsonl`) : undefined;
  const refusedBefore = job.tally.total('refused');
  const progress = startProgress(terminal, job.path, size);
  try {
    return await importFile({ ...job, rejects, progress });
  } finally {
    progress.stop();
    await rejects?.close();
    const refused = job.tally.total('refused') - refusedBefore;
    if (rejects !== undefined && refused > 0)
      terminal.err.write(`${job.path}: ${refused} lines refused, see ${rejects.path}\n`);
  }
}

function explainStop(path: string, { line, field, reason }: Refusal, later: readonly string[]): string {
  const notBegun = later.length === 0 ? '' : `\nNot begun: ${later.join(', ')}`;
  return `${path}, line ${line}, ${field}: ${reason}
Everything before line ${line} is imported, nothing after it. Mend the line and run the same command again; it doubles
nothing, and --from-line ${line} passes over what is done. With --on-error skip it goes on past such lines.${notBegun}`;
}

async function readOptions(args: string[], terminal: Terminal): Promise<ImportOptions> {
  const { values, positionals: files } = readArgs({
    args,
    allowPositionals: true,
    options: {
      ...accessOptions,
      source: { type: 'string' },
      'on-error': { type: 'string', default: 'stop' },
      rejects: { type: 'string' },
      'from-line': { type: 'string', default: '1' },
    },
  });
  const { source, rejects, 'on-error': onError, 'from-line': from } = values;
  if (source === undefined || source === '') throw usageError('--source NAME is missing');
  if (files.length === 0) throw usageError('name at least one file');
  if (onError !== 'stop' && onError !== 'skip') throw usageError(`--on-error is "stop" or "skip", not "${onError}"`);
  if (!/^[1-9]\d{0,14}$/.test(from)) throw usageError(`--from-line is the number of a line, 1 or more, not "${from}"`);
  if (from !== '1' && files.length > 1) throw usageError('--from-line goes with one file');
  checkRejects(rejects, onError, files);
  return {
    source,
    files,
    skip: onError === 'skip',
    rejects,
    fromLine: Number(from),
    access: await readAccess(values, terminal.env),
  };
}

function checkRejects(rejects: string | undefined, onError: string, files: readonly string[]): void {
  if (rejects === undefined) return;
  if (onError === 'stop') throw usageError('--rejects goes with --on-error skip');
  if (files.length > 1) throw usageError('--rejects goes with one file; without it each file has its own reject file');
  if (files.some((file) => resolve(file) === resolve(rejects))) throw usageError('--rejects would overwrite the file');
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    throw new CommandError(`${path} cannot be read; is the name right?`);
  }
}
