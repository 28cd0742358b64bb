import { randomBytes } from 'node:crypto';

/** The secret part of an invitation's link: 192 bits of chance behind what tells at sight what it is. */
export function newInvitationToken(): string {
  return `weft_inv_${randomBytes(24).toString('base64url')}`;
}
