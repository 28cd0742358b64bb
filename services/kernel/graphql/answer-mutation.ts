import { UserError } from '../errors/user-error.js';
import type { MutationInput, MutationPayload } from './mutation.type.js';

type Answer<Payload extends MutationPayload> = Omit<Payload, 'errors' | 'clientMutationId'>;

/**
 * Gives the payload of a mutation. A {@link UserError} becomes an entry of `errors` beside an empty result; everything else
 * goes on to be a GraphQL error.
 */
export async function answerMutation<Payload extends MutationPayload>(
  input: MutationInput,
  work: () => Promise<Answer<Payload>>,
): Promise<Payload> {
  const clientMutationId = input.clientMutationId ?? null;
  try {
    return { ...(await work()), errors: [], clientMutationId } as unknown as Payload;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, path } = error;
    return { cursor: null, errors: [{ code, message, path }], clientMutationId } as unknown as Payload;
  }
}
