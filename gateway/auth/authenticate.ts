import { createHash } from 'node:crypto';
import { GraphQLError, parse } from 'graphql';
import { z } from 'zod';
import type {
  SubgraphAnswer,
  SubgraphOperation,
  SubgraphRequest,
  SubgraphTransport,
} from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import { anonymous, partyKinds, system, type Viewer } from '#kernel/auth/viewer.js';
import { requestError } from '#kernel/errors/request-error.js';

/** Finds out who asks, from the authorization header of a request. */
export interface Authenticator {
  viewerOf(authorization: string | undefined, requestId: string): Promise<Viewer>;
}

/**
 * A token that was good a moment ago is taken as good for this long without asking again. Together with the time between two
 * looks at those who listen it is below the second within which a revoked token has to be worth nothing.
 */
const trustMs = 400;
const maxTokens = 10_000;

const text =
  'query ViewerOf($tokenHash: String!) { viewerOf(tokenHash: $tokenHash) { personId organizationId party administrator expiresAt } }';
const viewerOf: SubgraphOperation = {
  subgraph: 'people',
  document: parse(text),
  text,
  operationName: 'ViewerOf',
  kind: 'query',
  hash: createHash('sha256').update(text).digest('hex'),
};

const answer = z.object({
  viewerOf: z
    .object({
      personId: z.string(),
      organizationId: z.string().nullable(),
      party: z
        .string()
        .transform((party) => party.toLowerCase())
        .pipe(z.enum(partyKinds)),
      administrator: z.boolean(),
      expiresAt: z.string().nullable(),
    })
    .nullable(),
});

interface Known {
  readonly viewer: Viewer | null;
  readonly until: number;
}

export function createAuthenticator(
  people: SubgraphTransport<GatewayRequest>,
  makeRequest: MakeRequest,
): Authenticator {
  const known = new Map<string, Promise<Known>>();

  /** Undefined when nobody could be asked. */
  async function ask(request: SubgraphRequest, context: GatewayRequest): Promise<SubgraphAnswer | undefined> {
    try {
      return await people.execute(request, context);
    } catch {
      return undefined;
    }
  }

  async function lookUp(tokenHash: string, requestId: string): Promise<Known> {
    const asked = { ...viewerOf, variables: { tokenHash }, signal: AbortSignal.timeout(5_000) };
    const answered = await ask(asked, await makeRequest(system, requestId));
    const parsed = answer.safeParse(answered?.data);
    // With errors null means that nobody could look: taken for "unknown token" it would end every connection in an outage.
    if (!parsed.success || answered?.errors?.length)
      throw requestError('UNAVAILABLE', 'The hub cannot check tokens at the moment. Try again in a few seconds.');
    const until = Date.now() + trustMs;
    const claims = parsed.data.viewerOf;
    if (!claims) return { viewer: null, until };
    const { expiresAt, ...rest } = claims;
    return { viewer: { kind: 'person', ...rest }, until: Math.min(until, expiresAt ? Date.parse(expiresAt) : until) };
  }

  function remembered(tokenHash: string, requestId: string): Promise<Known> {
    if (known.size >= maxTokens) known.clear();
    const asked = lookUp(tokenHash, requestId);
    known.set(tokenHash, asked);
    asked.catch(() => known.delete(tokenHash));
    return asked;
  }

  return {
    async viewerOf(authorization, requestId) {
      const token = bearerToken(authorization);
      if (token === undefined) return anonymous;
      const tokenHash = createHash('sha256').update(token).digest('hex');
      const earlier = await known.get(tokenHash);
      const found = earlier && earlier.until > Date.now() ? earlier : await remembered(tokenHash, requestId);
      if (found.viewer) return found.viewer;
      throw unauthenticated(
        'This token is unknown, expired or revoked. Get a new one, or send no authorization header to ask as nobody.',
      );
    },
  };
}

/** Apollo Server takes the status of the response from `extensions.http`, and takes that out of the answer. */
function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}

function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.trim() === '') return undefined;
  const match = /^Bearer +([\x21-\x7e]{1,4096})$/i.exec(authorization.trim());
  if (match?.[1]) return match[1];
  throw unauthenticated('The authorization header must be "Bearer <token>".');
}
