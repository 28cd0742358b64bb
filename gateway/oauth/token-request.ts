import { hashToken, tokenKindOf } from '#kernel/auth/token-text.js';
import { invalidClient, invalidRequest, TokenError } from './token-error.js';

/** What a client asks for by the client credentials grant (RFC 6749, section 4.4). */
export interface TokenRequest {
  readonly client: string;
  readonly secretHash: string;
  /** Null for all that the client has. */
  readonly scopes: readonly string[] | null;
}

const known = ['grant_type', 'scope', 'client_id', 'client_secret'];

export function readTokenRequest(body: string, authorization: string | undefined): TokenRequest {
  const form = readForm(body);
  const grant = form.get('grant_type');
  if (grant === undefined) throw invalidRequest('Say which grant: grant_type=client_credentials.');
  if (grant !== 'client_credentials')
    throw new TokenError(400, 'unsupported_grant_type', 'The one grant of this hub is client_credentials.');
  const { client, secret } = authorization === undefined ? inBody(form) : inHeader(authorization, form);
  if (tokenKindOf(secret) !== 'apiClient') throw invalidClient();
  return { client, secretHash: hashToken(secret), scopes: form.get('scope')?.split(' ') ?? null };
}

/** Parameters without a value count as left out, and none may come twice (section 3.2). */
function readForm(body: string): ReadonlyMap<string, string> {
  const given = [...new URLSearchParams(body)].filter(([name, value]) => known.includes(name) && value !== '');
  const form = new Map(given);
  if (form.size < given.length) throw invalidRequest('Send each parameter once.');
  return form;
}

interface Credentials {
  readonly client: string;
  readonly secret: string;
}

function inBody(form: ReadonlyMap<string, string>): Credentials {
  const [client, secret] = [form.get('client_id'), form.get('client_secret')];
  if (client === undefined || secret === undefined) throw invalidClient();
  return { client, secret };
}

/** HTTP Basic, with both halves encoded like a form (section 2.3.1). */
function inHeader(authorization: string, form: ReadonlyMap<string, string>): Credentials {
  if (form.has('client_secret'))
    throw invalidRequest('Show the secret once: by HTTP Basic or in the body, and not by both.');
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization.trim())?.[1];
  const [, client, secret] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (client === undefined || secret === undefined) throw invalidClient();
  const credentials = { client: decodePart(client), secret: decodePart(secret) };
  if (form.has('client_id') && form.get('client_id') !== credentials.client)
    throw invalidRequest('client_id names another client than the authorization header.');
  return credentials;
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidClient();
  }
}
