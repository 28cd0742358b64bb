import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SpaceVisibility } from '#kernel/spaces/space-visibility.js';

/** Where things happen. Who finds it is decided by visibility, owners and members (see the kernel's visible-space). */
@Entity('space')
export class Space {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  purpose: string;

  @Column('text')
  visibility: SpaceVisibility;

  /** Ids of organisations. */
  @Column('text', { array: true })
  owners: string[];

  /** Ids of organisations that agreements in force let in, beside the owners (see space-sharing). */
  @Column('text', { name: 'shared_read', array: true })
  sharedRead: string[];

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'updated_at', precision: 3 })
  updatedAt: Date;
}
