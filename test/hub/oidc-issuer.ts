import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** An OpenID provider on a port of its own: it publishes keys and signs tokens with them. */
export interface OidcIssuer {
  readonly url: string;
  /** How often the keys were read. */
  readonly reads: number;
  /** A token with these claims over the usual ones; undefined leaves a usual one out. */
  sign(claims?: JWTPayload, options?: SignOptions): Promise<string>;
  /** Makes another key pair and publishes only it. */
  rotate(): Promise<void>;
  /** The public key in use, as everybody can read it. */
  publicKey(): JWK;
  /** From now on it answers nothing but errors, or everything again. */
  away(isAway: boolean): void;
  /** Publishes a discovery document of another issuer. */
  pretend(issuer: string): void;
  stop(): Promise<void>;
}

export interface SignOptions {
  readonly kid?: string;
  /** The key pair that the issuer had before the last rotation. */
  readonly old?: boolean;
}

interface Pair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export const audience = 'weft';

export async function startIssuer(algorithm: 'RS256' | 'ES256' | 'EdDSA' = 'ES256'): Promise<OidcIssuer> {
  let [count, reads, isAway] = [0, 0, false];
  let issuer = '';
  const newPair = async (): Promise<Pair> => {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const kid = `key-${++count}`;
    return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
  };
  let pair = await newPair();
  let before = pair;
  const server = createServer((request, response) => {
    if (isAway) return response.writeHead(503).end();
    const document = request.url === '/keys' ? { keys: [pair.jwk] } : { issuer, jwks_uri: `${url}/keys` };
    if (request.url === '/keys') reads += 1;
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer = url;
  return {
    url,
    get reads() {
      return reads;
    },
    sign(claims = {}, { kid, old } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const usual = { iss: url, aud: audience, sub: 'somebody', iat: now, exp: now + 300 };
      const signer = old ? before : pair;
      return new SignJWT(JSON.parse(JSON.stringify({ ...usual, ...claims })))
        .setProtectedHeader({ alg: algorithm, kid: kid ?? signer.kid })
        .sign(signer.privateKey);
    },
    async rotate() {
      before = pair;
      pair = await newPair();
    },
    publicKey: () => pair.jwk,
    away(now) {
      isAway = now;
    },
    pretend(other) {
      issuer = other;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
