import { z } from 'zod';
import type { RecordService } from '#kernel/records/record-kind.js';
import { CommandError } from './command.js';
import type { HubClient } from './hub-client.js';
import { type KnownRecord, kindName } from './reference-api.js';

export interface BatchInput {
  readonly source: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Ids of the records of other services that these records name. */
  readonly references: readonly KnownRecord[];
  readonly onError: 'stop' | 'skip';
  /** The same when a batch is sent again, so the hub can tell a second try from a second wish. */
  readonly clientMutationId: string;
}

export type RecordOutcome = z.output<typeof outcomeSchema>;

/** Sends one batch; the outcomes stand in the order of its records. */
export async function sendBatch(
  client: HubClient,
  service: RecordService,
  batch: BatchInput,
): Promise<RecordOutcome[]> {
  const input = {
    ...batch,
    references: batch.references.map(({ kind, ref, id }) => ({ kind: kindName(kind), ref, id })),
    onError: batch.onError.toUpperCase(),
  };
  const { payload } = await client.run(documents[service], { input }, answerSchema);
  if (payload.errors.length > 0) {
    throw new CommandError(`the hub refused the import: ${payload.errors.map((error) => error.message).join('; ')}`);
  }
  if (payload.outcomes.length !== batch.records.length) {
    throw new CommandError('the hub did not answer for every record; are command and hub of the same version?');
  }
  return payload.outcomes;
}

const outcomeSchema = z.object({
  result: z.enum(['CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED', 'NOT_REACHED']),
  id: z.string().nullable(),
  field: z.string().nullable(),
  reason: z.string().nullable(),
});

const answerSchema = z.object({
  payload: z.object({
    outcomes: z.array(outcomeSchema),
    errors: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});

const documentOf = (noun: string) => `mutation Import${noun}Records($input: Import${noun}RecordsInput!) {
  payload: import${noun}Records(input: $input) {
    outcomes { result id field reason }
    errors { code message path }
  }
}`;

const documents: Record<RecordService, string> = {
  people: documentOf('People'),
  ideas: documentOf('Idea'),
  conversations: documentOf('Conversation'),
};
