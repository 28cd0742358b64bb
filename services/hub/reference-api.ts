import { z } from 'zod';
import { isRecordKind, type RecordKind, type RecordService } from '#kernel/records/record-kind.js';
import type { HubClient } from './hub-client.js';

/** A record by the name its source gives it. */
export interface RecordKey {
  readonly kind: RecordKind;
  readonly ref: string;
}

export interface KnownRecord extends RecordKey {
  readonly id: string;
}

/** The most keys one look-up may hold. */
const LOOKUP_SIZE = 1_000;

/** Asks the service that owns these records for their ids; those it does not know are absent from the answer. */
export async function lookUp(
  client: HubClient,
  service: RecordService,
  source: string,
  keys: readonly RecordKey[],
): Promise<KnownRecord[]> {
  const found: KnownRecord[] = [];
  for (let start = 0; start < keys.length; start += LOOKUP_SIZE) {
    const references = keys.slice(start, start + LOOKUP_SIZE).map(({ kind, ref }) => ({ kind: kindName(kind), ref }));
    const answer = await client.run(documents[service], { source, references }, answerSchema);
    found.push(...answer.found);
  }
  return found;
}

/** Kinds are enum values in the schema, which are written in capitals. */
export function kindName(kind: RecordKind): string {
  return kind.toUpperCase();
}

const kindSchema = z
  .string()
  .transform((name) => name.toLowerCase())
  .refine(isRecordKind);

const answerSchema = z.object({
  found: z.array(z.object({ kind: kindSchema, ref: z.string(), id: z.string() })),
});

const documentOf = (
  field: string,
) => `query ${field[0]?.toUpperCase()}${field.slice(1)}($source: String!, $references: [RecordKeyInput!]!) {
  found: ${field}(source: $source, references: $references) { kind ref id }
}`;

const documents: Record<RecordService, string> = {
  people: documentOf('peopleReferences'),
  ideas: documentOf('ideaReferences'),
  conversations: documentOf('conversationReferences'),
};
