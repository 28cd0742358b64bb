import { z } from 'zod';
import { type Command, CommandError, type Terminal, usageError } from './command.js';
import { accessHelp, accessOptions, readAccess, readArgs } from './config.js';
import { createHubClient, type HubClient } from './hub-client.js';

export const eventsCommand: Command = {
  name: 'events',
  summary: 'events that a consumer could not handle: list them, try them again',
  help: `hub events list-dead      lists events that were set aside, as JSON lines
hub events retry EVENT    lets one be tried again, by its id

For administrators. Events that wait for another attempt are listed too; those
with "nextAttemptAt": null were given up.

${accessHelp}`,
  async run(args, terminal) {
    const { values, positionals } = readArgs({ args, options: accessOptions, allowPositionals: true });
    const [what, event, ...rest] = positionals;
    const client = createHubClient(await readAccess(values, terminal.env), (cause) =>
      terminal.err.write(`${cause}; trying again\n`),
    );
    try {
      if (what === 'list-dead' && event === undefined) return await list(client, terminal);
      if (what === 'retry' && event !== undefined && rest.length === 0) return await retry(client, event, terminal);
    } finally {
      await client.close();
    }
    throw usageError('say "list-dead", or "retry" and the id of an event');
  },
};

const services = ['people', 'ideas', 'conversations'] as const;

const letter = z.object({
  event: z.string(),
  type: z.string(),
  consumer: z.string(),
  error: z.string(),
  attempts: z.number(),
  firstFailedAt: z.string(),
  nextAttemptAt: z.string().nullable(),
});

const fields = Object.keys(letter.shape).join(' ');

/** One service after the other: one that is down does not hide what the others have. */
async function list(client: HubClient, { out, err }: Terminal): Promise<number> {
  let failed = 0;
  for (const service of services) {
    try {
      const schema = z.object({ letters: z.array(letter) });
      const { letters } = await client.run(`{ letters: ${service}DeadLetters { ${fields} } }`, {}, schema);
      for (const each of letters) out.write(`${JSON.stringify({ service, ...each })}\n`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failed += 1;
      err.write(`${service}: ${error.message}\n`);
    }
  }
  return failed > 0 ? 1 : 0;
}

const payload = z.object({
  payload: z.object({
    consumers: z.array(z.string()).nullable(),
    errors: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});

/** Whose consumers set it aside is not in the id: each service is asked, and one of them knows. */
async function retry(client: HubClient, event: string, { out }: Terminal): Promise<number> {
  const found: string[] = [];
  for (const service of services) {
    const name = `${service.charAt(0).toUpperCase()}${service.slice(1)}`;
    const document = `mutation ($input: Retry${name}DeadLetterInput!) {
      payload: retry${name}DeadLetter(input: $input) { consumers errors { code message } } }`;
    const answer = await client.run(document, { input: { event } }, payload);
    const [unexpected] = answer.payload.errors.filter(({ code }) => code !== 'NOT_FOUND');
    if (unexpected) throw new CommandError(unexpected.message);
    found.push(...(answer.payload.consumers ?? []).map((consumer) => `${service}: ${consumer}`));
  }
  if (found.length === 0)
    throw new CommandError(`no consumer has set the event ${event} aside; see "hub events list-dead"`);
  out.write(`tried again by ${found.join(', ')}\n`);
  return 0;
}
