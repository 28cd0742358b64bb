import type { SubgraphTransport } from '#gateway/execute/subgraph-transport.js';
import type { GatewayRequest, MakeRequest } from '#gateway/request.js';
import { anonymous, type Viewer } from '#kernel/auth/viewer.js';
import { askPeople, type Found } from './ask-people.js';
import { type Credential, credentialOf } from './bearer-token.js';
import { type Identity, identityVerifier } from './oidc/identity-verifier.js';
import type { OidcProvider } from './oidc/provider.js';
import { unauthenticated } from './unauthenticated.js';

/** Finds out who asks, from the authorization header of a request. */
export interface Authenticator {
  viewerOf(authorization: string | undefined, requestId: string): Promise<Viewer>;
}

/**
 * A credential that was good a moment ago is taken as good for this long without asking again. Together with the time between two
 * looks at those who listen it is below the second within which a revoked one has to be worth nothing.
 */
const trustMs = 400;
const maxKnown = 10_000;

interface Known {
  readonly viewer: Viewer | null;
  readonly until: number;
}

export function createAuthenticator(
  people: SubgraphTransport<GatewayRequest>,
  makeRequest: MakeRequest,
  providers: readonly OidcProvider[] = [],
): Authenticator {
  const asked = askPeople(people, makeRequest);
  const verifyIdentity = identityVerifier(providers);
  const known = new Map<string, Promise<Known>>();

  async function lookUp({ kind, text, hash }: Credential, requestId: string): Promise<Found | null> {
    switch (kind) {
      case 'accessToken':
        return asked.viewerOfToken(hash, requestId);
      case 'apiClient':
        return asked.viewerOfClient(hash, requestId);
      case 'clientToken':
        return asked.viewerOfClientToken(hash, requestId);
      case 'jwt':
        return personOf(await verifyIdentity(text, hash), requestId);
    }
  }

  /** The person a provider vouches for; somebody new is linked or made by the rule of that provider. */
  async function personOf({ expiresAt, signIn }: Identity, requestId: string): Promise<Found> {
    const found = (await asked.viewerOfIdentity(signIn, requestId)) ?? (await asked.signIn(signIn, requestId));
    if ('refusal' in found) throw unauthenticated(found.refusal);
    return { ...found, expiresAt };
  }

  function remember(credential: Credential, requestId: string): Promise<Known> {
    if (known.size >= maxKnown) known.clear();
    const looking = lookUp(credential, requestId).then((found) => {
      const until = Date.now() + trustMs;
      return { viewer: found?.viewer ?? null, until: Math.min(until, found?.expiresAt ?? until) };
    });
    known.set(credential.hash, looking);
    looking.catch(() => known.delete(credential.hash));
    return looking;
  }

  /** Those who come together ask once, at first and whenever what is known has become too old. */
  async function knownOf(credential: Credential, requestId: string): Promise<Known> {
    const earlier = known.get(credential.hash);
    const found = earlier && (await earlier);
    if (found && found.until > Date.now()) return found;
    const renewed = known.get(credential.hash);
    return renewed && renewed !== earlier ? renewed : remember(credential, requestId);
  }

  return {
    async viewerOf(authorization, requestId) {
      const credential = credentialOf(authorization);
      if (!credential) return anonymous;
      const found = await knownOf(credential, requestId);
      if (found.viewer) return found.viewer;
      throw unauthenticated(
        'This token is unknown, expired or revoked. Get a new one, or send no authorization header to ask as nobody.',
      );
    },
  };
}
