import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';

const revoke = statement(`
  UPDATE invitation SET standing = 'revoked', settled_at = $3
  WHERE space_id = $1 AND inviter_id = $2 AND standing = 'pending' RETURNING id`);

/**
 * Takes back what somebody invited to who no longer tends the space: with a link made before, whoever was sent away could come
 * back as soon as they like.
 */
export async function revokeInvitationsOf(tx: Write, spaceId: string, inviterId: string, at: Date): Promise<void> {
  for (const { id } of await tx.run<{ id: string }>(revoke, [spaceId, inviterId, at])) {
    tx.append({ type: 'people.invitation.revoked', subject: id, space: spaceId, data: {} });
  }
}
