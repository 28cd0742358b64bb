import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { z } from 'zod';
import type { SubgraphOperation, SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import { system } from '#kernel/auth/viewer.js';
import type { Buckets } from './buckets.js';

const text =
  'mutation FillRateBucket($bucket: String!, $points: Int!, $budget: Int!) { fillRateBucket(bucket: $bucket, points: $points, budget: $budget) { fits level } }';
const fill: SubgraphOperation = {
  subgraph: 'people',
  document: parse(text),
  text,
  operationName: 'FillRateBucket',
  kind: 'mutation',
  hash: createHash('sha256').update(text).digest('hex'),
};

const answer = z.object({ fillRateBucket: z.object({ fits: z.boolean(), level: z.number() }) });
const timeoutMs = 1_000;

/** The buckets of all gateways of a hub, kept by people in PostgreSQL. When they cannot be reached those of this process do. */
export function sharedBuckets(
  people: SubgraphTransport<GatewayRequest>,
  makeRequest: MakeRequest,
  instead: Buckets,
): Buckets {
  return {
    async take(bucket, points, budget) {
      try {
        const variables = { bucket, points, budget };
        const context = await makeRequest(system, 'rate-limit');
        const { data } = await people.execute({ ...fill, variables, signal: AbortSignal.timeout(timeoutMs) }, context);
        return answer.parse(data).fillRateBucket;
      } catch {
        return instead.take(bucket, points, budget);
      }
    },
  };
}
