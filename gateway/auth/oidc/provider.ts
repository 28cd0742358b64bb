import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const creation = z.discriminatedUnion('by', [
  /** The organisation that has the domain of the verified e-mail address. */
  z.strictObject({ by: z.literal('domain') }),
  /** The organisation that a claim of the token names; `organizations` translates the values of the claim into ids. */
  z.strictObject({
    by: z.literal('claim'),
    claim: z.string().min(1),
    organizations: z.record(z.string(), z.string()),
  }),
]);

const provider = z.strictObject({
  /** As it stands in the claim `iss`, to the letter. */
  issuer: z.url({ protocol: /^https?$/ }).refine(isProtected, 'must be https, unless it is on this machine'),
  /** What the provider calls this hub, in the claim `aud`. */
  audience: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  /** Seconds by which clocks may differ. */
  clockSkewSeconds: z.number().int().min(0).max(300).default(30),
  /** Whether a verified e-mail address links somebody to the person an administrator expects under it. */
  linkByEmail: z.boolean().default(false),
  /** Who is made a person at their first sign-in; nobody when left out. */
  create: creation.optional(),
});

export type OidcProvider = z.output<typeof provider>;

const file = z
  .array(provider)
  .min(1)
  .refine((list) => new Set(list.map(({ issuer }) => issuer)).size === list.length, 'names an issuer twice');

export async function readProviders(path: string): Promise<readonly OidcProvider[]> {
  return parseProviders(await readFile(path, 'utf8'), path);
}

export function parseProviders(text: string, path: string): readonly OidcProvider[] {
  const parsed = file.safeParse(asJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: place, message }) => `  ${place.join('.') || 'the file'}: ${message}`,
  );
  throw new Error(
    `OIDC_PROVIDERS names ${path}, which is no list of providers as docs/operations.md describes:\n${problems.join('\n')}`,
  );
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keys that come over an open line could be anybody's. */
function isProtected(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Also for addresses that a provider names itself. */
export const isProtectedUrl = (url: string) => URL.canParse(url) && isProtected(url);
