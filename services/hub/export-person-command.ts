import { z } from 'zod';
import { type Command, CommandError, type Terminal, usageError } from './command.js';
import { accessHelp, accessOptions, readAccess, readArgs } from './config.js';
import { pageOf, pagesWithin } from './export-api.js';
import { openExportFile } from './export-file.js';
import { createHubClient, type HubClient } from './hub-client.js';

export const exportPersonCommand: Command = {
  name: 'export-person',
  summary: 'write all that the hub holds on you',
  help: `hub export-person [options]

Writes everything the hub holds on the person whose token it is given, from all
services, as JSON lines: {"service", "kind", "id", "data"}. The token has to
speak for a person; one with scopes needs privacy:read.

  --out FILE     write to FILE (.jsonl, .jsonl.gz or .jsonl.zst), which appears
                 complete or not at all, instead of to standard output
${accessHelp}`,
  run,
};

async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs({
    args,
    allowPositionals: true,
    options: { ...accessOptions, out: { type: 'string' } },
  });
  if (positionals.length > 0) throw usageError('name the file to write by --out FILE');
  const client = createHubClient(await readAccess(values, terminal.env), (cause) =>
    terminal.err.write(`the hub does not answer (${cause}); trying again\n`),
  );
  try {
    const count = values.out === undefined ? await print(client, terminal) : await write(client, values.out);
    terminal.err.write(`${count.toLocaleString('en')} records\n`);
    return 0;
  } finally {
    await client.close();
  }
}

async function print(client: HubClient, { out }: Terminal): Promise<number> {
  return collect(client, async (text) => {
    out.write(text);
  });
}

/** For nobody else to read: it is all about one person. */
async function write(client: HubClient, path: string): Promise<number> {
  const file = await openExportFile(path, 0o600);
  try {
    const count = await collect(client, (text) => file.add(text));
    await file.finish([]);
    return count;
  } finally {
    await file.discard();
  }
}

const services = ['people', 'ideas', 'conversations'] as const;

async function collect(client: HubClient, add: (text: string) => Promise<void>): Promise<number> {
  let count = 0;
  for (const service of services) {
    for await (const nodes of partOf(client, service)) {
      await add(nodes.map(({ kind, id, json }) => lineOf({ service, kind, id, data: parse(json) })).join(''));
      count += nodes.length;
    }
  }
  return count;
}

function partOf(client: HubClient, service: (typeof services)[number]) {
  const document = `query MyData($first: Int, $after: String) {
    exportMyData { page: ${service}(first: $first, after: $after) { nodes { kind id json } pageInfo { hasNextPage endCursor } } } }`;
  return pagesWithin(client, document, {}, answer, ({ exportMyData }) => exportMyData.page);
}

const held = z.object({ kind: z.string(), id: z.string(), json: z.string() });
const answer = z.object({ exportMyData: z.object({ page: pageOf(held) }) });

function lineOf(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new CommandError('the hub answered with a record that is no JSON; are command and hub of the same version?');
  }
}
