import { recordKinds } from '#kernel/records/record-kind.js';
import { type Command, type Terminal, usageError } from './command.js';
import { accessHelp, accessOptions, readAccess, readArgs } from './config.js';
import { openExportFile } from './export-file.js';
import { type ExportSummary, exportRecords } from './export-records.js';
import { createHubClient, type HubClient } from './hub-client.js';
import { lookUp } from './reference-api.js';

export const exportCommand: Command = {
  name: 'export',
  summary: 'write hub records to a file',
  help: `hub export (--space SPACE | --source NAME) [options] OUT

Writes hub records to OUT (.jsonl, .jsonl.gz or .jsonl.zst) in an order that can be imported again.
OUT appears complete or not at all; the same content gives the same bytes.

  --space SPACE  one space with its ideas and conversations and the people they name:
                 its id, or with --source its ref
  --source NAME  without --space: everything that came from this source;
                 with --space: name records by their refs in this source
${accessHelp}`,
  run,
};

async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs({
    args,
    allowPositionals: true,
    options: { ...accessOptions, space: { type: 'string' }, source: { type: 'string' } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw usageError('name one file to write');
  const { space, source } = values;
  if (space === undefined && source === undefined)
    throw usageError('say what to export: --space SPACE or --source NAME');
  const client = createHubClient(await readAccess(values, terminal.env), (cause) =>
    terminal.err.write(`the hub does not answer (${cause}); trying again\n`),
  );
  try {
    const summary = await exportTo(path, client, space, source);
    terminal.out.write(`${report(path, summary)}\n`);
    return 0;
  } finally {
    await client.close();
  }
}

async function exportTo(
  path: string,
  client: HubClient,
  space: string | undefined,
  source: string | undefined,
): Promise<ExportSummary> {
  const file = await openExportFile(path);
  try {
    const id = space === undefined ? undefined : await spaceId(client, space, source);
    return await exportRecords({ client, source, space: id, file });
  } finally {
    await file.discard();
  }
}

/** A ref of the source where there is such a space, otherwise taken for an id. */
async function spaceId(client: HubClient, space: string, source: string | undefined): Promise<string> {
  if (source === undefined) return space;
  const [known] = await lookUp(client, 'people', source, [{ kind: 'space', ref: space }]);
  return known?.id ?? space;
}

function report(path: string, { counts, standIns, droppedReferences, droppedRecords }: ExportSummary): string {
  const perKind = recordKinds.filter((kind) => counts.has(kind)).map((kind) => `${kind} ${count(counts.get(kind))}`);
  const total = [...counts.values()].reduce((sum, value) => sum + value, 0);
  const lines = [`${path}: ${count(total)} records (${perKind.join(', ')})`];
  if (standIns > 0)
    lines.push(`Persons not visible to this token, "Someone not visible" standing in: ${count(standIns)}`);
  if (droppedReferences > 0)
    lines.push(`References left out, since they lead out of this export: ${count(droppedReferences)}`);
  if (droppedRecords > 0)
    lines.push(`Records left out, since they mean nothing without such a reference: ${count(droppedRecords)}`);
  return lines.join('\n');
}

function count(value = 0): string {
  return value.toLocaleString('en');
}
