import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';

/** What has become of an invitation; that its time is over is not written down, but seen. */
export type InvitationStanding = 'pending' | 'accepted' | 'declined' | 'revoked';

/** Somebody asked somebody into a space: a person of the hub, or whoever holds its secret link. */
@Entity('invitation')
export class Invitation {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'space_id' })
  spaceId: string;

  @Column('text')
  role: SpaceRole;

  @Column('text', { name: 'inviter_id' })
  inviterId: string;

  /** Who is invited, or who accepted; null while nobody of the hub is known to be meant. */
  @Column('text', { name: 'person_id', nullable: true })
  personId: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text')
  note: string;

  @Column('text')
  standing: InvitationStanding;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'expires_at', precision: 3 })
  expiresAt: Date;

  /** When it was accepted, declined or revoked. */
  @Column('timestamp with time zone', { name: 'settled_at', precision: 3, nullable: true })
  settledAt: Date | null;
}

export type InvitationState = InvitationStanding | 'expired';

export function stateOf(
  { standing, expiresAt }: Pick<Invitation, 'standing' | 'expiresAt'>,
  now: Date,
): InvitationState {
  return standing === 'pending' && expiresAt <= now ? 'expired' : standing;
}
