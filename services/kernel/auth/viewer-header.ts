import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { scopeNames } from './scopes.js';
import { anonymous, partyKinds, system, type Viewer } from './viewer.js';

/** The header that carries the viewer from the gateway to a subgraph of another process. */
export const viewerHeader = 'x-weft-viewer';

/** Long enough for clocks that differ by a few seconds, short enough that a copied header is soon worth nothing. */
const lifetimeSeconds = 60;
const issuer = 'weft-gateway';

const claims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('system') }),
  z.object({
    kind: z.literal('person'),
    personId: z.string(),
    organizationId: z.string().nullable(),
    party: z.enum(partyKinds),
    administrator: z.boolean(),
    scopes: z.array(z.enum(scopeNames)).optional(),
  }),
  z.object({
    kind: z.literal('client'),
    clientId: z.string(),
    organizationId: z.string(),
    party: z.enum(partyKinds),
    scopes: z.array(z.enum(scopeNames)),
    spaces: z.array(z.string()).nullable(),
  }),
]);

/** Who asks, and from where. */
export interface Caller {
  readonly viewer: Viewer;
  readonly address: string | null;
}

export interface ViewerSigner {
  /** With the network address of who asks, where there is one. */
  sign(viewer: Viewer, address?: string | null): Promise<string>;
  /** The viewer of a header, or undefined when it is missing, forged or too old. */
  verify(header: string | undefined): Promise<Viewer | undefined>;
  /** Viewer and address of a header, by the same rules. */
  verifyCaller(header: string | undefined): Promise<Caller | undefined>;
}

export function viewerSigner(secret: string): ViewerSigner {
  const key = new TextEncoder().encode(`viewer:${secret}`);
  return {
    sign: (viewer, address = null) =>
      new SignJWT(address === null ? { viewer } : { viewer, address })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(key),
    verify: async (header) => (await verifyCaller(header, key))?.viewer,
    verifyCaller: (header) => verifyCaller(header, key),
  };
}

async function verifyCaller(header: string | undefined, key: Uint8Array): Promise<Caller | undefined> {
  if (!header) return undefined;
  try {
    const { payload } = await jwtVerify(header, key, { issuer, algorithms: ['HS256'], clockTolerance: 5 });
    return { viewer: toViewer(claims.parse(payload.viewer)), address: addressClaim.parse(payload.address) };
  } catch {
    return undefined;
  }
}

const addressClaim = z
  .string()
  .optional()
  .transform((address) => address ?? null);

function toViewer(claim: z.output<typeof claims>): Viewer {
  switch (claim.kind) {
    case 'anonymous':
      return anonymous;
    case 'system':
      return system;
    case 'person': {
      const { scopes, ...person } = claim;
      return scopes ? { ...person, scopes } : person;
    }
    case 'client':
      return claim;
  }
}
