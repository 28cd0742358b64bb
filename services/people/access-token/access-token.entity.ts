import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '#kernel/auth/scopes.js';

@Entity('access_token')
export class AccessToken {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'person_id' })
  personId: string;

  @Column('text')
  name: string;

  /** SHA-256 of the token, in hexadecimal; the token itself is nowhere. */
  @Column('text', { select: false })
  hash: string;

  /** Null when it opens everything its person may. */
  @Column('text', { array: true, nullable: true })
  scopes: Scope[] | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'expires_at', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column('timestamp with time zone', { name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column('timestamp with time zone', { name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt: Date | null;
}
