import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestClient } from '../hub/graphql-client.js';
import { type Random, shuffled } from './random.js';

export interface WritingOptions {
  readonly admin: TestClient;
  readonly author: TestClient & { readonly id: string };
  readonly idea: { readonly id: string; readonly ref: string; readonly source: string };
  readonly contributions: number;
  /** Over which time they are spread. */
  readonly milliseconds: number;
  readonly random: Random;
  /** Ends the writing, done or not. */
  readonly ending: AbortSignal;
}

/** The text of each contribution, and when the hub acknowledged it. */
export type Acknowledged = ReadonlyMap<string, number>;

const writers = 8;
const batchSize = 25;
/** One contribution in so many is made by a person; the others are imported in batches. */
const singleEvery = 10;
/** A hub that acknowledges nothing for so long, whatever is killed, does not come back by itself. */
const patienceMs = 60_000;

export interface Writing {
  readonly acknowledged: Acknowledged;
  /** Resolves when this share of all contributions is acknowledged. */
  reaches(share: number): Promise<void>;
  readonly done: Promise<void>;
}

/** Sends contributions, each again and again with the same key or ref until it is acknowledged, as a partner's program would. */
export function writeContributions(options: WritingOptions): Writing {
  const acknowledged = new Map<string, number>();
  const jobs = jobsOf(options);
  const begin = Date.now();
  const every = options.milliseconds / jobs.length;
  const progress = new EventEmitter();
  let next = 0;
  async function write(): Promise<void> {
    for (let index = next++; index < jobs.length; index = next++) {
      await pause(Math.max(0, begin + index * every - Date.now()));
      const job = jobs[index];
      if (!job) return;
      await untilAccepted(options, job);
      for (const body of job.bodies) acknowledged.set(body, Date.now());
      progress.emit('moved');
    }
  }
  return {
    acknowledged,
    async reaches(share) {
      while (acknowledged.size < share * options.contributions)
        await once(progress, 'moved', { signal: options.ending });
    },
    done: Promise.all(Array.from({ length: writers }, write)).then(() => undefined),
  };
}

interface Job {
  readonly key: string;
  readonly imported: boolean;
  readonly bodies: readonly string[];
}

function jobsOf({ contributions, random }: WritingOptions): Job[] {
  const singles = Math.floor(contributions / singleEvery);
  const jobs: Job[] = Array.from({ length: singles }, (_, i) => ({
    key: `single-${i}`,
    imported: false,
    bodies: [`thought ${i}`],
  }));
  for (let first = singles; first < contributions; first += batchSize) {
    const bodies = Array.from({ length: Math.min(batchSize, contributions - first) }, (_, i) => `record ${first + i}`);
    jobs.push({ key: `batch-${first}`, imported: true, bodies });
  }
  return shuffled(jobs, random);
}

async function untilAccepted(options: WritingOptions, job: Job): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await accepted(options, job))) {
    await pause(50, undefined, { signal: options.ending });
    if (Date.now() > deadline) throw new Error(`${job.key} was not acknowledged within ${patienceMs / 1_000} s.`);
  }
}

/** False when there was no answer, or one that says to try again. */
async function accepted(options: WritingOptions, job: Job): Promise<boolean> {
  try {
    return await (job.imported ? importBatch(options, job) : contributeOne(options, job));
  } catch (error) {
    if (error instanceof Refused) throw error;
    return false;
  }
}

/** The hub said no to something that it has to take: trying again would hide a bug. */
class Refused extends Error {}

interface Payload {
  readonly outcomes?: readonly { readonly result: string }[] | null;
  readonly errors: readonly { readonly message: string }[];
}

/** Importing the same records again changes nothing, so this needs no key. */
async function importBatch({ admin, author, idea }: WritingOptions, { bodies }: Job): Promise<boolean> {
  const at = '2026-03-01T09:30:00Z';
  const record = { kind: 'contribution', idea: idea.ref, author: 'author', type: 'build', at };
  const input = {
    source: idea.source,
    records: bodies.map((body) => ({ ...record, ref: body, body })),
    references: [{ kind: 'PERSON', ref: 'author', id: author.id }],
  };
  const payload = await payloadOf(admin, 'importIdeaRecords', 'ImportIdeaRecordsInput', 'outcomes { result }', input);
  const refused = payload?.outcomes?.find(({ result }) => result !== 'CREATED' && result !== 'UNCHANGED');
  if (refused) throw new Refused(`A record was ${refused.result}.`);
  return payload !== undefined;
}

async function contributeOne({ author, idea }: WritingOptions, { key, bodies: [body] }: Job): Promise<boolean> {
  const input = { idea: idea.id, type: 'BUILD', body, idempotencyKey: key };
  const payload = await payloadOf(author, 'contributeToIdea', 'ContributeToIdeaInput', 'contribution { id }', input);
  return payload !== undefined;
}

async function payloadOf(
  client: TestClient,
  mutation: string,
  inputType: string,
  selection: string,
  input: object,
): Promise<Payload | undefined> {
  const document = `mutation ($input: ${inputType}!) { payload: ${mutation}(input: $input) { ${selection} errors { message } } }`;
  const { data, errors = [] } = await client.send<{ payload: Payload | null }>(document, { input });
  const [refusal] = [
    ...(data?.payload?.errors ?? []),
    ...errors.filter(({ extensions }) => !isPassing(extensions?.code)),
  ];
  if (refusal) throw new Refused(refusal.message);
  return data?.payload ?? undefined;
}

/** A part of the hub is away. Anything else, "INTERNAL" included, is no answer to give during an outage. */
function isPassing(code: string | undefined): boolean {
  return code !== undefined && /^(UNAVAILABLE|SUBGRAPH_UNAVAILABLE|SUBGRAPH_TIMEOUT)$/.test(code);
}
