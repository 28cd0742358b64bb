import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { requestError } from '#kernel/errors/request-error.js';
import { isProtectedUrl } from './provider.js';

export interface KeySetTimes {
  /** Keys are read again after so long, in the background: a key that its issuer took back is soon worth nothing. */
  readonly freshMs: number;
  /** Between two tries to read them, whatever key ids strangers make up. */
  readonly cooldownMs: number;
}

export const usualKeyTimes: KeySetTimes = { freshMs: 600_000, cooldownMs: 10_000 };

type LocalKeys = ReturnType<typeof createLocalJWKSet>;

/**
 * The public keys of an issuer, found by discovery. A key id that is not among them makes it look again, so that a rotation is
 * noticed at once; while the issuer is away the keys read last go on being good.
 */
export function issuerKeys(issuer: string, times: KeySetTimes = usualKeyTimes): JWTVerifyGetKey {
  let keys: LocalKeys | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<LocalKeys> | undefined;

  function read(): Promise<LocalKeys> {
    triedAt = Date.now();
    reading ??= readKeys(issuer)
      .then((found) => {
        readAt = Date.now();
        keys = found;
        return found;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }
  const mayTry = () => reading !== undefined || Date.now() - triedAt >= times.cooldownMs;
  async function present(): Promise<LocalKeys> {
    if (!keys && !mayTry()) throw unreachable();
    if (!keys) return read();
    if (Date.now() - readAt > times.freshMs && mayTry()) read().catch(() => undefined); // the ones we have serve until then
    return keys;
  }
  return async (header, token) => {
    const known = await present();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayTry()) throw error;
      return (await read())(header, token);
    }
  };
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string().refine(isProtectedUrl) });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

async function readKeys(issuer: string): Promise<LocalKeys> {
  const found = discovery.safeParse(await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`));
  // One that names another issuer describes another one, and its keys must not vouch for this one.
  if (!found.success || found.data.issuer !== issuer) throw unreachable();
  const set = keySet.safeParse(await readJson(found.data.jwks_uri));
  if (!set.success) throw unreachable();
  return createLocalJWKSet(set.data as JSONWebKeySet);
}

const patienceMs = 5_000;
const maxBytes = 512 * 1024;

async function readJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'error',
      headers: { accept: 'application/json' },
    });
    const text = await response.text();
    return response.ok && text.length <= maxBytes ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Not the fault of the token: whoever listens with one stays. */
function unreachable() {
  return requestError(
    'UNAVAILABLE',
    'The hub cannot read the keys of the provider that issued this token at the moment. Try again in a few seconds.',
  );
}
