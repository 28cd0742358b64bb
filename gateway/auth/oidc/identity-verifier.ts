import { GraphQLError } from 'graphql';
import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { SignInInput } from '#gateway/auth/ask-people.js';
import { unauthenticated } from '#gateway/auth/unauthenticated.js';
import { issuerKeys, type KeySetTimes } from './key-set.js';
import type { OidcProvider } from './provider.js';

/** Whom a provider vouches for, and until when. */
export interface Identity {
  readonly signIn: SignInInput;
  /** In milliseconds. */
  readonly expiresAt: number;
}

/** Never one with a shared secret: the public key of the issuer, which everybody knows, would be that secret. */
const algorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** Verifying costs 0.4 ms; a token that was good is good for this long, and never beyond its own end. */
const trustMs = 30_000;
const maxKept = 10_000;

export type VerifyIdentity = (token: string, hash: string) => Promise<Identity>;

export function identityVerifier(providers: readonly OidcProvider[], times?: KeySetTimes): VerifyIdentity {
  const issuers = new Map(
    providers.map((provider) => [provider.issuer, { provider, keys: issuerKeys(provider.issuer, times) }]),
  );
  const kept = new Map<string, { readonly identity: Identity; readonly until: number }>();
  return async (token, hash) => {
    const earlier = kept.get(hash);
    if (earlier && earlier.until > Date.now()) return earlier.identity;
    const named = issuers.get(issuerIn(token));
    if (!named)
      throw unauthenticated('This hub does not know the issuer of this token. Sign in with a provider of this hub.');
    const identity = await verify(token, named.provider, named.keys);
    if (kept.size >= maxKept) kept.clear();
    kept.set(hash, { identity, until: Math.min(Date.now() + trustMs, identity.expiresAt) });
    return identity;
  };
}

/** Says only whose keys to try; nothing of it is believed. */
function issuerIn(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw unauthenticated('This is no token: it is mistyped or cut off. Copy it again, or get a new one.');
  }
}

async function verify(token: string, provider: OidcProvider, keys: JWTVerifyGetKey): Promise<Identity> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: provider.issuer,
      audience: provider.audience,
      algorithms,
      clockTolerance: provider.clockSkewSeconds,
      requiredClaims: ['sub', 'exp'],
    });
    const end = (payload.exp ?? 0) + provider.clockSkewSeconds;
    return { signIn: signInOf(payload, provider), expiresAt: end * 1000 };
  } catch (error) {
    if (error instanceof GraphQLError) throw error;
    throw unauthenticated(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'This token has expired. Get a new one from your provider.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const claim = error.claim === 'nbf' ? 'is not valid yet' : `is not for this hub (claim "${error.claim}")`;
    return `This token ${claim}. Get one from a provider of this hub, for this hub.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'This token is not signed with a key pair, so it proves nothing.';
  return 'The signature of this token is not one of its issuer. Get a new one from your provider.';
}

const maxSubject = 255;

function signInOf(payload: JWTPayload, { issuer, linkByEmail, create }: OidcProvider): SignInInput {
  const subject = payload.sub ?? '';
  if (subject === '' || subject.length > maxSubject)
    throw unauthenticated(`The claim "sub" of this token has to have 1 to ${maxSubject} characters.`);
  const email = verifiedEmail(payload);
  const value = create?.by === 'claim' ? payload[create.claim] : undefined;
  const known = create?.by === 'claim' && typeof value === 'string' && Object.hasOwn(create.organizations, value);
  return {
    issuer,
    subject,
    name: text(payload.name) ?? text(payload.preferred_username) ?? email,
    email: linkByEmail ? email : null,
    organization: known ? (create.organizations[value] ?? null) : null,
    domain: create?.by === 'domain' ? (email?.split('@').at(-1)?.toLowerCase() ?? null) : null,
  };
}

/** An address nobody verified is a claim of the one who asks: anybody could take it to become somebody else. */
function verifiedEmail({ email, email_verified }: JWTPayload): string | null {
  const given = text(email);
  return email_verified === true && given !== null && /^[^\s@]+@[^\s@]+$/.test(given) ? given : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 300 ? value : null;
}
