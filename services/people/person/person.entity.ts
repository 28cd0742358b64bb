import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PartyKind } from '#kernel/auth/viewer.js';

@Entity('person')
export class Person {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  handle: string | null;

  @Column('text')
  party: PartyKind;

  @Column('text', { name: 'organization_id', nullable: true })
  organizationId: string | null;

  @Column('text', { array: true })
  skills: string[];

  @Column('boolean')
  administrator: boolean;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'updated_at', precision: 3 })
  updatedAt: Date;
}
