import { z } from 'zod';
import { graphqlParametersShape } from '#gateway/http/graphql-parameters.js';

/** graphql-transport-ws: the messages a client may send, and the codes with which a server closes. */
export const subprotocol = 'graphql-transport-ws';

const id = z.string().min(1).max(200);
const payload = z.record(z.string(), z.unknown());

export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connection_init'), payload: payload.nullish() }),
  z.object({ type: z.literal('ping'), payload: payload.nullish() }),
  z.object({ type: z.literal('pong'), payload: payload.nullish() }),
  z.object({
    type: z.literal('subscribe'),
    id,
    payload: graphqlParametersShape,
  }),
  z.object({ type: z.literal('complete'), id }),
]);

export type ClientMessage = z.output<typeof clientMessage>;
export type SubscribeMessage = Extract<ClientMessage, { type: 'subscribe' }>;

export const closeCode = {
  goingAway: 1001,
  /** The hub cannot check credentials at the moment. */
  tryAgainLater: 1013,
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  subprotocolNotAcceptable: 4406,
  initialisationTimeout: 4408,
  subscriberExists: 4409,
  tooManyInitialisations: 4429,
  /** Ours: more messages than a client has any use for. */
  tooManyMessages: 4529,
  /** Ours: the client reads too slowly; its subscriptions were told where to resume. */
  resume: 4510,
} as const;
