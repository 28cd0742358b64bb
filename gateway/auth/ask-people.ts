import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { z } from 'zod';
import type { SubgraphAnswer, SubgraphOperation, SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import { scopeNames } from '#kernel/auth/scopes.js';
import { partyKinds, system, type Viewer } from '#kernel/auth/viewer.js';
import { requestError } from '#kernel/errors/request-error.js';

/** What the people service says of a credential: it owns persons, clients and who is linked to which sign-in. */
export interface AskPeople {
  viewerOfToken(tokenHash: string, requestId: string): Promise<Found | null>;
  viewerOfClient(tokenHash: string, requestId: string): Promise<Found | null>;
  /** With a token it was given for its secret. */
  viewerOfClientToken(tokenHash: string, requestId: string): Promise<Found | null>;
  /** A short-lived token for a secret. */
  issueClientToken(input: ClientTokenInput, requestId: string): Promise<ClientTokenAnswer>;
  viewerOfIdentity(identity: { issuer: string; subject: string }, requestId: string): Promise<Found | null>;
  /** Lets somebody in whom nobody is linked to yet. */
  signIn(input: SignInInput, requestId: string): Promise<SignedIn>;
}

export interface Found {
  readonly viewer: Viewer;
  readonly expiresAt: number | undefined;
}

export interface ClientTokenInput {
  readonly client: string;
  readonly secretHash: string;
  /** Null for all that the client has. */
  readonly scopes: readonly string[] | null;
}

const clientTokenAnswer = z.object({
  token: z.string().nullable(),
  scopes: z.array(z.string()),
  expiresInSeconds: z.number(),
  refusal: z.enum(['invalid_client', 'invalid_scope']).nullable(),
});
export type ClientTokenAnswer = z.output<typeof clientTokenAnswer>;

export interface SignInInput {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
  /** Verified by the issuer, where its rule links by e-mail. */
  readonly email: string | null;
  /** Where the rule of the issuer makes a person of somebody new: their organisation, or the domain that says which. */
  readonly organization: string | null;
  readonly domain: string | null;
}

export type SignedIn = Found | { readonly refusal: string };

const claimFields = 'personId clientId organizationId party administrator scopes spaces expiresAt';

const claims = z
  .object({
    personId: z.string().nullable(),
    clientId: z.string().nullable(),
    organizationId: z.string().nullable(),
    party: z.enum(partyKinds),
    administrator: z.boolean(),
    scopes: z.array(z.enum(scopeNames)).nullable(),
    spaces: z.array(z.string()).nullable(),
    expiresAt: z.string().nullable(),
  })
  .nullable();

export function askPeople(people: SubgraphTransport<GatewayRequest>, makeRequest: MakeRequest): AskPeople {
  async function ask<Output>(
    operation: SubgraphOperation,
    variables: Record<string, unknown>,
    shape: z.ZodType<Output>,
    requestId: string,
  ): Promise<Output> {
    const answer = await answerOf({ ...operation, variables, signal: AbortSignal.timeout(5_000) }, requestId);
    const parsed = shape.safeParse(z.object({ answer: z.unknown() }).safeParse(answer?.data).data?.answer);
    // With errors null means that nobody could look: taken for "unknown token" it would end every connection in an outage.
    if (parsed.success && !answer?.errors?.length) return parsed.data;
    throw requestError('UNAVAILABLE', 'The hub cannot check tokens at the moment. Try again in a few seconds.');
  }
  type Asked = Parameters<typeof people.execute>[0];
  /** Undefined when nobody could be asked. */
  async function answerOf(asked: Asked, requestId: string): Promise<SubgraphAnswer | undefined> {
    try {
      return await people.execute(asked, await makeRequest(system, requestId));
    } catch {
      return undefined;
    }
  }
  const lookUp = async (operation: SubgraphOperation, variables: Record<string, unknown>, requestId: string) =>
    toFound(await ask(operation, variables, claims, requestId));
  return {
    viewerOfToken: (tokenHash, requestId) => lookUp(ofToken, { tokenHash }, requestId),
    viewerOfClient: (tokenHash, requestId) => lookUp(ofClient, { tokenHash }, requestId),
    viewerOfClientToken: (tokenHash, requestId) => lookUp(ofClientToken, { tokenHash }, requestId),
    issueClientToken: (input, requestId) => ask(issueClientToken, { input }, clientTokenAnswer, requestId),
    viewerOfIdentity: (identity, requestId) => lookUp(ofIdentity, identity, requestId),
    async signIn(input, requestId) {
      const shape = z.object({ viewer: claims, refusal: z.string().nullable() });
      const { viewer, refusal } = await ask(signIn, { input }, shape, requestId);
      return toFound(viewer) ?? { refusal: refusal ?? 'This sign-in is not known here.' };
    },
  };
}

function toFound(claim: z.output<typeof claims>): Found | null {
  const viewer = claim && toViewer(claim);
  if (!viewer) return null;
  return { viewer, expiresAt: claim.expiresAt ? Date.parse(claim.expiresAt) : undefined };
}

function toViewer(claim: NonNullable<z.output<typeof claims>>): Viewer | null {
  const { personId, clientId, organizationId, party, administrator, scopes, spaces } = claim;
  if (personId !== null) {
    const person = { kind: 'person', personId, organizationId, party, administrator } as const;
    return scopes ? { ...person, scopes } : person;
  }
  if (clientId === null || organizationId === null) return null;
  return { kind: 'client', clientId, organizationId, party, scopes: scopes ?? [], spaces };
}

const ofToken = operation(
  'query',
  'ViewerOf',
  `query ViewerOf($tokenHash: String!) { answer: viewerOf(tokenHash: $tokenHash) { ${claimFields} } }`,
);
const ofClient = operation(
  'query',
  'ClientOf',
  `query ClientOf($tokenHash: String!) { answer: clientOf(tokenHash: $tokenHash) { ${claimFields} } }`,
);
const ofClientToken = operation(
  'query',
  'ClientWithToken',
  `query ClientWithToken($tokenHash: String!) { answer: clientWithToken(tokenHash: $tokenHash) { ${claimFields} } }`,
);
const issueClientToken = operation(
  'mutation',
  'IssueClientToken',
  `mutation IssueClientToken($input: IssueClientTokenInput!) {
    answer: issueClientToken(input: $input) { token scopes expiresInSeconds refusal }
  }`,
);
const ofIdentity = operation(
  'query',
  'IdentityOf',
  `query IdentityOf($issuer: String!, $subject: String!) {
    answer: identityOf(issuer: $issuer, subject: $subject) { ${claimFields} }
  }`,
);
const signIn = operation(
  'mutation',
  'SignIn',
  `mutation SignIn($input: SignInInput!) { answer: signIn(input: $input) { viewer { ${claimFields} } refusal } }`,
);

function operation(kind: SubgraphOperation['kind'], operationName: string, text: string): SubgraphOperation {
  const hash = createHash('sha256').update(text).digest('hex');
  return { subgraph: 'people', document: parse(text), text, operationName, kind, hash };
}
