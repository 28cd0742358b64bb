import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { CommandError } from './command.js';
import type { HubAccess } from './config.js';

/** Runs documents against the hub's public endpoint. */
export interface HubClient {
  run<Data>(document: string, variables: Readonly<Record<string, unknown>>, data: z.ZodType<Data>): Promise<Data>;
  close(): Promise<void>;
}

/**
 * Every request of the command may be sent twice without doing more than once, so one whose answer was lost is simply
 * sent again: about half a minute in all, which outlasts a restart of the hub.
 */
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000];

export function createHubClient(
  access: HubAccess,
  onRetry: (cause: string) => void,
  retryDelaysMs: readonly number[] = RETRY_DELAYS_MS,
): HubClient {
  // One batch is under way while the references of the next are looked up. Idle connections are closed before the
  // server's own limit of five seconds, so that none is used in the moment in which the server drops it.
  const dispatcher = new Agent({
    connections: 2,
    keepAliveTimeout: 3_000,
    headersTimeout: 120_000,
    bodyTimeout: 120_000,
  });
  const ask = (body: string) => post(access, dispatcher, body);
  return {
    async run(document, variables, data) {
      const answer = await withRetries(ask, JSON.stringify({ query: document, variables }), onRetry, retryDelaysMs);
      return readData(answer, data);
    },
    close: () => dispatcher.close(),
  };
}

/** An answer worth reading, or the reason to ask again. */
type Attempt = { answer: Answer } | { retryBecause: string };

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
});
type Answer = z.output<typeof answerSchema>;

async function withRetries(
  ask: (body: string) => Promise<Attempt>,
  body: string,
  onRetry: (cause: string) => void,
  delaysMs: readonly number[],
): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await ask(body);
    if ('answer' in outcome) return outcome.answer;
    const delay = delaysMs[attempt];
    if (delay === undefined) {
      throw new CommandError(
        `the hub does not answer (${outcome.retryBecause}). Check that it runs and run the same command again`,
      );
    }
    onRetry(outcome.retryBecause);
    await wait(delay);
  }
}

const TEMPORARY_STATUSES = new Set([408, 429, 502, 503, 504]);
const TEMPORARY_CODES = new Set(['UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED', 'TIMEOUT']);

async function post(access: HubAccess, dispatcher: Agent, body: string): Promise<Attempt> {
  try {
    const response = await request(access.url, {
      method: 'POST',
      dispatcher,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${access.token}`,
      },
      body,
    });
    const text = await response.body.text();
    if (TEMPORARY_STATUSES.has(response.statusCode)) return { retryBecause: `HTTP status ${response.statusCode}` };
    return readAttempt(access.url, response.statusCode, text);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    return { retryBecause: explainConnection(error) };
  }
}

function readAttempt(url: URL, status: number, text: string): Attempt {
  const answer = answerSchema.safeParse(parseJson(text));
  if (!answer.success) {
    throw new CommandError(
      `${url} answered with status ${status} and no GraphQL response. Is --url the hub's endpoint?`,
    );
  }
  const temporary = answer.data.errors?.find((error) => TEMPORARY_CODES.has(error.extensions?.code ?? ''));
  return temporary === undefined ? { answer: answer.data } : { retryBecause: temporary.message };
}

function readData<Data>(answer: Answer, schema: z.ZodType<Data>): Data {
  if (answer.errors !== undefined && answer.errors.length > 0) {
    throw new CommandError(`the hub refused the request: ${answer.errors.map((error) => error.message).join('; ')}`);
  }
  const data = schema.safeParse(answer.data);
  if (data.success) return data.data;
  throw new CommandError(
    `the hub's answer is not understood; are command and hub of the same version? ${z.prettifyError(data.error)}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function explainConnection(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Connecting to a name with several addresses fails with one error for each, and an empty message of its own.
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error && first.message !== '' ? first.message : error.name;
}
