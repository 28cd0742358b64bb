import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SpaceRole } from '#kernel/spaces/space-visibility.js';

/** A person in a space. Who left stays as a row without a role: the person may come back as the same member. */
@Entity('space_member')
export class SpaceMembership {
  @Column('text')
  id: string;

  @PrimaryColumn('text', { name: 'space_id' })
  spaceId: string;

  @PrimaryColumn('text', { name: 'person_id' })
  personId: string;

  @Column('text', { nullable: true })
  role: SpaceRole | null;

  @Column('timestamp with time zone', { name: 'joined_at', precision: 3 })
  joinedAt: Date;
}
