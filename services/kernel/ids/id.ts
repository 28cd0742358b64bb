import { v7 } from 'uuid';

/**
 * Global ids are TypeIDs (type prefix, underscore, UUIDv7 in 26 characters of Crockford base32): opaque to clients, unique
 * in the whole hub, and in the order of their creation when sorted as text under the "C" collation.
 */
export const idPrefixes = {
  Organization: 'org',
  Team: 'team',
  Person: 'person',
  Membership: 'membership',
  Space: 'space',
  SpaceMembership: 'spacemember',
  Invitation: 'invitation',
  SharingAgreement: 'agreement',
  Perspective: 'perspective',
  AccessToken: 'token',
  ApiClient: 'client',
  Identity: 'identity',
  Interaction: 'interaction',
  TeamTie: 'teamtie',
  Challenge: 'challenge',
  Idea: 'idea',
  Contribution: 'contribution',
  Endorsement: 'endorsement',
  Conversation: 'conversation',
  Message: 'message',
  Reaction: 'reaction',
  ModerationCase: 'case',
  Erasure: 'erasure',
  Event: 'event',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Mints ids. Tests replace it to get ids they can foresee. */
export type MintId = (kind: IdKind) => string;

export const mintId: MintId = (kind) => {
  const bytes = new Uint8Array(16);
  v7(undefined, bytes);
  return `${idPrefixes[kind]}_${base32(bytes)}`;
};

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 16 bytes as 26 characters, as TypeIDs write them: 128 bits with two zeros in front, five bits a character. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let pending = 0;
  let bits = 2;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; ) {
      bits -= 5;
      text += alphabet[(pending >>> bits) & 31];
    }
  }
  return text;
}

const kindsByPrefix = new Map<string, IdKind>(
  Object.entries(idPrefixes).map(([kind, prefix]) => [prefix, kind as IdKind]),
);
const idForm = /^([a-z]{1,20})_([0-7][0-9a-hjkmnp-tv-z]{25})$/;

/** The type a well-formed id names, or undefined. Says nothing about whether such a thing exists. */
export function kindOfId(id: string): IdKind | undefined {
  const match = idForm.exec(id);
  return match?.[1] === undefined ? undefined : kindsByPrefix.get(match[1]);
}

export function isIdOf(kind: IdKind, id: string): boolean {
  return kindOfId(id) === kind;
}
