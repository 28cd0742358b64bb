import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '#kernel/auth/scopes.js';

/** A program that asks for an organisation. */
@Entity('api_client')
export class ApiClient {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'organization_id' })
  organizationId: string;

  /** Who made it, and may rotate and revoke it. */
  @Column('text', { name: 'creator_id' })
  creatorId: string;

  @Column('text')
  name: string;

  @Column('text', { array: true })
  scopes: Scope[];

  /** The only spaces it may enter; null for all that are open to its organisation. */
  @Column('text', { array: true, nullable: true })
  spaces: string[] | null;

  /** SHA-256 of the token, in hexadecimal; the token itself is nowhere. */
  @Column('text', { select: false })
  hash: string;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'expires_at', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column('timestamp with time zone', { name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column('timestamp with time zone', { name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt: Date | null;
}
