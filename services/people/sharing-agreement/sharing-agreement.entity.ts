import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SharingRight } from '#kernel/spaces/space-visibility.js';

/** What organisations agreed to share. What it says never changes: whoever wants something else proposes another one. */
@Entity('sharing_agreement')
export class SharingAgreement {
  @PrimaryColumn('text')
  id: string;

  /** The organisation that proposed it, the first to sign. */
  @Column('text', { name: 'proposer_id' })
  proposerId: string;

  /** All that have to sign, the proposer included. */
  @Column('text', { name: 'organization_ids', array: true })
  organizationIds: string[];

  @Column('text', { name: 'space_ids', array: true })
  spaceIds: string[];

  /** As they were called when it was proposed: who is to sign does not see the spaces yet. */
  @Column('text', { name: 'space_names', array: true })
  spaceNames: string[];

  @Column('text', { array: true })
  rights: SharingRight[];

  @Column('text')
  purpose: string;

  @Column('timestamp with time zone', { name: 'proposed_at', precision: 3 })
  proposedAt: Date;

  /** When the last organisation signed. */
  @Column('timestamp with time zone', { name: 'in_force_at', precision: 3, nullable: true })
  inForceAt: Date | null;

  @Column('timestamp with time zone', { name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column('text', { name: 'revoked_by_id', nullable: true })
  revokedById: string | null;
}

export const sharingStates = ['proposed', 'in_force', 'revoked'] as const;
export type SharingState = (typeof sharingStates)[number];

export function stateOf({ inForceAt, revokedAt }: Pick<SharingAgreement, 'inForceAt' | 'revokedAt'>): SharingState {
  if (revokedAt) return 'revoked';
  return inForceAt ? 'in_force' : 'proposed';
}
