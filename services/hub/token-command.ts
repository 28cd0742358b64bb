import { z } from 'zod';
import { type Command, CommandError, type Terminal, usageError } from './command.js';
import { accessHelp, accessOptions, readAccess, readArgs } from './config.js';
import { createHubClient, type HubClient } from './hub-client.js';

export const tokenCommand: Command = {
  name: 'token',
  summary: 'make an access token for a person',
  help: `hub token --as HANDLE [options]

Makes an access token that speaks for a person and prints it, and nothing else, so that it can be piped.
It is shown this once. Needs the token of an administrator.

  --as HANDLE    whose token it will be
  --name NAME    what it is for ("Made by the hub command")
  --scopes LIST  scopes to limit it to, separated by commas; all of the person when left out
  --days N       for how many days it is good, 1 to 3650; for good when left out
${accessHelp}`,
  run,
};

async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values } = readArgs({
    args,
    options: {
      ...accessOptions,
      as: { type: 'string' },
      name: { type: 'string', default: 'Made by the hub command' },
      scopes: { type: 'string' },
      days: { type: 'string' },
    },
  });
  if (values.as === undefined) throw usageError('say whose token: --as HANDLE');
  const wish: Wish = {
    name: values.name,
    ...(values.scopes === undefined ? {} : { scopes: values.scopes.split(',').map((scope) => scope.trim()) }),
    ...(values.days === undefined ? {} : { expiresAt: inDays(values.days) }),
  };
  const client = createHubClient(await readAccess(values, terminal.env), (cause) =>
    terminal.err.write(`the hub does not answer (${cause}); trying again\n`),
  );
  try {
    terminal.out.write(`${await issue(client, await personOf(client, values.as), wish)}\n`);
    return 0;
  } finally {
    await client.close();
  }
}

interface Wish {
  readonly name: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: string;
}

const dayMs = 24 * 3600 * 1000;

function inDays(text: string): string {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw usageError(`--days "${text}" is not 1 to 3650`);
  return new Date(Date.now() + days * dayMs).toISOString();
}

const found = z.object({ personByHandle: z.object({ id: z.string() }).nullable() });

async function personOf(client: HubClient, handle: string): Promise<string> {
  const document = 'query PersonByHandle($handle: String!) { personByHandle(handle: $handle) { id } }';
  const { personByHandle } = await client.run(document, { handle }, found);
  if (personByHandle) return personByHandle.id;
  throw new CommandError(`nobody has the handle "${handle}"`);
}

const issued = z.object({
  issueAccessToken: z.object({ token: z.string().nullable(), errors: z.array(z.object({ message: z.string() })) }),
});

/** The request may be sent twice when its answer is lost: then there is a token that nobody has, which is worth nothing. */
async function issue(client: HubClient, person: string, wish: Wish): Promise<string> {
  const document = `mutation IssueAccessToken($input: IssueAccessTokenInput!) {
    issueAccessToken(input: $input) { token errors { message } }
  }`;
  const { issueAccessToken } = await client.run(document, { input: { person, ...wish } }, issued);
  if (issueAccessToken.token !== null) return issueAccessToken.token;
  throw new CommandError(issueAccessToken.errors.map(({ message }) => message).join(' '));
}
