import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { GatewayRequest } from '#gateway/request.js';
import type { Admission } from './admission.js';
import { windowMs } from './rate/buckets.js';
import { refusalOverHttp } from './refusal-over-http.js';

type Answer = GraphQLRequestContextWillSendResponse<GatewayRequest>;

/** Asks for admission when an operation is known to be valid, and tells the client what is left. */
export function admissionPlugin(admission: Admission): ApolloServerPlugin<GatewayRequest> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ schema, document, operationName, request, contextValue }) {
        try {
          const { variables } = request;
          const admitted = await admission.run(contextValue, { schema, document, operationName, variables });
          contextValue.rate = admitted?.rate;
          if (admitted?.refused) throw admitted.refused;
        } catch (error) {
          throw refusalOverHttp(error);
        }
      },
      willSendResponse: async (answer) => tellRate(answer),
    }),
  };
}

/** As headers always, as IETF's draft on rate limits writes them; in the answer for those who ask for it. */
function tellRate({ contextValue: { rate }, request, response }: Answer): void {
  if (!rate) return;
  const { limit, remaining, resetAt, cost } = rate;
  const seconds = Math.max(0, Math.ceil((resetAt - Date.now()) / 1_000));
  response.http.headers.set('ratelimit-policy', `"points";q=${limit};w=${windowMs / 1_000}`);
  response.http.headers.set('ratelimit', `"points";r=${remaining};t=${seconds}`);
  if (request.extensions?.cost !== true || response.body.kind !== 'single') return;
  const { singleResult } = response.body;
  const told = { limit, remaining, resetAt: new Date(resetAt).toISOString(), cost };
  singleResult.extensions = { ...singleResult.extensions, cost: told };
}
