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

export interface ViewerSigner {
  sign(viewer: Viewer): Promise<string>;
  /** The viewer of a header, or undefined when it is missing, forged or too old. */
  verify(header: string | undefined): Promise<Viewer | undefined>;
}

export function viewerSigner(secret: string): ViewerSigner {
  const key = new TextEncoder().encode(`viewer:${secret}`);
  return {
    sign: (viewer) =>
      new SignJWT({ viewer })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(key),
    async verify(header) {
      if (!header) return undefined;
      try {
        const { payload } = await jwtVerify(header, key, { issuer, algorithms: ['HS256'], clockTolerance: 5 });
        return toViewer(claims.parse(payload.viewer));
      } catch {
        return undefined;
      }
    },
  };
}

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
